"""Which layers there are: those that come with Dateline, the packs of this user, and those of a project.

Packs lie as layer files in the folder `gazetteer` of the user's data folder (`DATELINE_DATA` names another one) or of a
project's folder.  The order: shipped, the user's by name, the project's by name; later ones win.
"""

import os
from pathlib import Path
from typing import Literal, NamedTuple

import platformdirs

from dateline.errors import GazetteerError
from dateline.gazetteer.data import shipped_layers
from dateline.gazetteer.layer import SUFFIX, Head, read_head

FOLDER = "gazetteer"
DATA = "DATELINE_DATA"
Owner = Literal["shipped", "user", "project"]


class Installed(NamedTuple):
    """A layer that is there, and whose it is."""

    owner: Owner
    path: Path
    head: Head


def user_folder() -> Path:
    """Where the packs of this user lie, whether or not there are any."""
    return Path(os.environ.get(DATA) or platformdirs.user_data_dir("dateline", appauthor=False)) / FOLDER


def project_folder(project: str) -> Path | None:
    """Where the packs of a project lie; None where it is a database, which has no folder."""
    return None if "://" in project else Path(project) / FOLDER


def packs_folder(project: str | None) -> Path:
    """Where packs are put: the user's folder, or that of the project.  Raises GazetteerError where it can have none."""
    if project is None:
        return user_folder()
    if (folder := project_folder(project)) is None:
        raise GazetteerError(f"{project} is a database and has no folder for packs; add them without --project")
    return folder


def installed_layers(project: str | None = None) -> tuple[Path, ...]:
    """The files of all layers that a report is read with, the lowest first."""
    own = project_folder(project) if project else None
    return (*shipped_layers(), *_packs(user_folder()), *(_packs(own) if own else ()))


def list_layers(project: str | None = None) -> list[Installed]:
    """All layers with what they say of themselves, the lowest first.  Raises GazetteerError where one is damaged."""
    own = project_folder(project) if project else None
    groups: list[tuple[Owner, tuple[Path, ...]]] = [("shipped", shipped_layers()), ("user", _packs(user_folder()))]
    groups.append(("project", _packs(own) if own else ()))
    return [Installed(owner, path, read_head(path)) for owner, paths in groups for path in paths]


def remove_pack(name: str, project: str | None) -> Path:
    """Take a pack away; its file.  Raises GazetteerError with the names of those that are there."""
    folder = packs_folder(project)
    path = folder / f"{name}{SUFFIX}"
    if path not in (packs := _packs(folder)):
        known = ", ".join(pack.stem for pack in packs) or "none"
        raise GazetteerError(f"no pack {name!r} in {folder}. There: {known}")
    try:
        path.unlink()
    except OSError as e:
        raise GazetteerError(f"{path} cannot be removed: {e.strerror or e}") from e
    return path


def _packs(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith(".")))
