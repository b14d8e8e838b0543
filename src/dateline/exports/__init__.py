"""Claims, figures and events -> files for other programs.

    export_project(project, [Path("out/claims.csv"), Path("out/acled.csv")])

`known.py` lists the formats, one small class each; `page/` is the page for a browser.
"""

from dateline.exports.base import Column, Context, Export, Writer
from dateline.exports.known import EXPORTS, export_for
from dateline.exports.write import Written, export_project, replacing, rows_of, write_rows

__all__ = [
    "EXPORTS", "Column", "Context", "Export", "Writer", "Written", "export_for", "export_project", "replacing", "rows_of",
    "write_rows",
]  # fmt: skip
