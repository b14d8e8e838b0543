"""Keeps reports, what was read in them, events and reviews, in a project.

    with open_project(Path("iraq"), create=True) as project:
        project.save(readings)
        for claim, report in project.claims():
            ...

A project is a folder with one SQLite file; a PostgreSQL database serves as well, through the same code.  What the engine
read is never overwritten, and rows depend on what was coded alone: coding the same reports in another order, on more cores
or with interruptions gives the same rows (`dump`).
"""

from dateline.store.dump import dump
from dateline.store.opening import FILE, open_project
from dateline.store.project import Found, Project, RecordError
from dateline.store.rows import Coder

__all__ = ["FILE", "Coder", "Found", "Project", "RecordError", "dump", "open_project"]
