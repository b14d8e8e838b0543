"""Claims, figures and events -> files for other programs.

    export_project(project, Path("out/claims.csv"))

`page/` is the page for a browser.
"""

from dateline.exports.base import Export
from dateline.exports.write import EXPORTS, Written, export_for, export_project, replacing, write_rows

__all__ = ["EXPORTS", "Export", "Written", "export_for", "export_project", "replacing", "write_rows"]
