"""Adds a file of places as a pack: reads it, compiles it, puts it where packs lie."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from dateline.errors import GazetteerError
from dateline.gazetteer.compile import write_layer
from dateline.gazetteer.data import SHIPPED, using
from dateline.gazetteer.download import sha256_of
from dateline.gazetteer.installed import installed_layers, packs_folder
from dateline.gazetteer.layer import SUFFIX, Head
from dateline.gazetteer.packs import AS_IT_IS, Options, read_pack

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
Step = Literal["reading", "compiling"]
Progress = Callable[[Step, int, int], None]
"""Is told the step, and how far of how far it is."""


class Added(NamedTuple):
    """A pack that was added: what was taken for what, and what was left out, by code."""

    path: Path
    head: Head
    columns: dict[str, str]
    left_out: Counter[str]
    faults: list[str]


def add_pack(
    file: Path,
    project: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    options: Options = AS_IT_IS,
    progress: Progress = lambda step, done, total: None,
) -> Added:
    """Make a pack of a file, in the place of one of the same name; for this user, or for a project.

    `name` is the file's where it is not given.  The pack is there whole or not at all.  Raises GazetteerError.
    """
    name = name or re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")
    if not _NAME.fullmatch(name) or name in SHIPPED:
        raise GazetteerError(f"{name!r} cannot be a pack's name; choose one of a-z, 0-9 and - with --name, other than {SHIPPED}")
    folder = packs_folder(project)
    with using(installed_layers(project)):
        pack = read_pack(file, options, lambda done, total: progress("reading", done, total))
    sources = (f"{source}; " if source else "") + f"{file.name}, SHA-256 {sha256_of(file)}"
    head = write_layer(
        pack.drafts, folder / f"{name}{SUFFIX}", name=name, title=file.name, sources=[sources],
        progress=lambda done, total: progress("compiling", done, total))  # fmt: skip
    return Added(folder / f"{name}{SUFFIX}", head, pack.columns, pack.left_out, pack.faults)
