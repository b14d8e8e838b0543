"""Dateline's own files -> projects.

import_project(Path("dateline.jsonl"), Path("sahel"))
"""

from dateline.imports.own import Imported, import_project

__all__ = ["Imported", "import_project"]
