"""What the weights come from: the table `corpora.yaml`, and the check that the files at hand are those of the table."""

import hashlib
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.engines.card import Corpus

Build = Literal["core", "core+sa"]
TABLE = Path(__file__).with_name("corpora.yaml")


class Origin(Struct, frozen=True, kw_only=True):
    """One file of the table."""

    name: str
    file: str
    sha256: str
    licence: str
    origin: str
    build: Build = "core"


class Table(Struct, frozen=True):
    """The whole table."""

    encoder: Origin
    vocabulary: Origin
    corpora: tuple[Origin, ...]

    def of(self, build: Build) -> tuple[Origin, ...]:
        """The corpora of a build: the ShareAlike build takes all."""
        return tuple(c for c in self.corpora if build == "core+sa" or c.build == "core")


class WrongFileError(Exception):
    """A file is not the one of the table; the message names both checksums."""


def read_table() -> Table:
    return msgspec.yaml.decode(TABLE.read_bytes(), type=Table)


def sha256_of(path: Path) -> str:
    """The checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check(origin: Origin, path: Path, *, any_data: bool = False) -> Corpus:
    """The file's line for the card. WrongFileError where it differs from the table's, unless `any_data`."""
    found = sha256_of(path)
    if found != origin.sha256 and not any_data:
        raise WrongFileError(f"{path}: checksum {found}, but {TABLE.name} has {origin.sha256}; --any-data takes it all the same")
    return Corpus(origin.name, origin.licence, found, origin.origin)


def own_corpus(path: Path) -> Corpus:
    """The coded reports as a line for the card."""
    return Corpus(f"coded reports: {path.stem}", "CC BY 4.0", sha256_of(path), "written for Dateline: invented acts and persons")


def own_corpora(folder: Path) -> tuple[Corpus, ...]:
    """Our own reports as lines for the card."""
    return tuple(
        Corpus(f"own reports: {path.stem}", "CC BY 4.0", sha256_of(path), "written for Dateline: invented acts and persons")
        for path in sorted(folder.glob("*.txt"))
    )
