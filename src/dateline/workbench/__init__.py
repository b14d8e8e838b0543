"""The browser view for analysts: read, check and correct every claim against the sentence that makes it.

    app = make_app(Settings(project="iraq"))

Made of FastAPI and server-rendered pages (`templates/`), with small scripts of its own (`static/`); it asks nothing of a
network.  Who may do what is decided in one place (`access.py`), what reaches the pages at all in another (`shield.py`).
"""

from dateline.workbench.app import make_app
from dateline.workbench.settings import Settings

__all__ = ["Settings", "make_app"]
