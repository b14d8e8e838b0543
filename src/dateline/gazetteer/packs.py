"""Reads a country's places from files: GeoNames' dumps, OCHA's common datasets, the analyst's own tables.

A dump is what geonames.org has for each country (19 columns, no header, as .txt or .zip).  Any other table has a header, and
its columns are understood by their names (`tables/columns.tsv`); which one was taken for what is told.  A line that cannot be
read is an error that names it: half a gazetteer would look like a whole one.
"""

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal, NamedTuple

from dateline.errors import GazetteerError
from dateline.gazetteer.columns import GEONAMES, GEONAMES_WIDTH, NEEDED, Field, guessed, kinds, level
from dateline.gazetteer.data import current
from dateline.gazetteer.draft import RADII, SEATS, Draft, town_radius
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import find
from dateline.gazetteer.names import core, fold, latin, skeletons
from dateline.model.place import PlaceKind

EXAMPLE = "iraq-syria.tsv"
"""The example pack, among our own tables: features and districts of Iraq and Syria, in the form that a table of one's own has."""
TABLES = (".txt", ".tsv", ".csv")
MOST_BYTES = 1_000_000_000  # unpacked; the largest country has some 300 MB, and all are held in memory while they are compiled
SHOWN_FAULTS = 3
LONGEST = 1000  # characters of a name or an id: the longest of the world have some 150
_NO_ADMIN1 = frozenset({"", "00", "-"})
_NAMED = frozenset({"mountain", "desert", "valley", "water", "region", "area"})
_EVERY = 2000  # lines between two calls of `progress`

Progress = Callable[[int, int], None]
"""Is told how many of how many bytes are read."""


class Options(NamedTuple):
    """What the user says of a table: the country of rows that name none, columns by name, whether to leave faulty lines out."""

    country: str = ""
    columns: Mapping[str, str] = {}
    skip_faults: bool = False


AS_IT_IS = Options()


class Pack(NamedTuple):
    """The places of a file; `columns` says which of its columns was taken for what, `left_out` counts rows by their code."""

    drafts: list[Draft]
    columns: dict[str, str]
    left_out: Counter[str]
    faults: list[str]


def read_pack(path: Path, options: Options = AS_IT_IS, progress: Progress = lambda done, total: None) -> Pack:
    """The places of a file.  Raises GazetteerError with file and line where it cannot be read."""
    text, inner, size = _text(path)
    with text:
        try:
            return _read(text, inner, options, lambda at: progress(at, size))
        except UnicodeDecodeError as e:
            raise GazetteerError(f"{inner} is not in UTF-8 (byte {e.start}); save it as UTF-8") from e
        except csv.Error as e:
            raise GazetteerError(f"{inner}: {e}") from e


def example_pack() -> list[Draft]:
    """The places of the example pack."""
    with as_file(files("dateline.gazetteer").joinpath("tables", EXAMPLE)) as path:
        return read_pack(path).drafts


def _text(path: Path) -> tuple[io.TextIOWrapper, str, int]:
    """The table in a file, its name and its size unpacked."""
    try:
        if path.suffix.lower() == ".zip":
            return _unzipped(path)
        if path.suffix.lower() not in TABLES:
            raise GazetteerError(f"{path} is no table of places: its name must end in {', '.join((*TABLES, '.zip'))}")
        return path.open(encoding="utf-8-sig", newline=""), str(path), path.stat().st_size
    except OSError as e:
        raise GazetteerError(f"{path} cannot be read: {e.strerror or e}") from e


def _unzipped(path: Path) -> tuple[io.TextIOWrapper, str, int]:
    """The largest table in a .zip: GeoNames puts a readme beside it."""
    try:
        archive = zipfile.ZipFile(path)
        tables = [info for info in archive.infolist() if info.filename.lower().endswith(TABLES) and "readme" not in info.filename]
        if not tables:
            raise GazetteerError(f"{path} holds no table of places ({', '.join(TABLES)})")
        table = max(tables, key=lambda info: info.file_size)
        if table.file_size > MOST_BYTES:
            raise GazetteerError(
                f"{path}: {table.filename} would unpack to {table.file_size:,} bytes; no gazetteer is that large"
            )
        return io.TextIOWrapper(archive.open(table), "utf-8-sig", newline=""), f"{path}/{table.filename}", table.file_size
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as e:
        raise GazetteerError(f"{path} cannot be unpacked: {e}") from e


def _read(text: io.TextIOWrapper, name: str, options: Options, told: Callable[[int], None]) -> Pack:
    first = text.readline()
    if not first.strip():
        raise GazetteerError(f"{name} is empty")
    if _is_geonames(first):
        lines = (line.rstrip("\r\n").split("\t") for line in _with_first(first, text, told))
        reader = _RowReader(name, GEONAMES, None, options, dump=True)
        return reader.read(enumerate(lines, start=1), {field: f"column {n + 1}" for field, n in GEONAMES.items()})
    delimiter = max("\t,;", key=first.count)
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
    header = next(csv.reader([first], delimiter=delimiter, quoting=quoting))
    columns = _columns(name, header, options.columns)
    reader = _RowReader(name, columns, level(header, columns), options, dump=False)
    table = csv.reader(_with_first("", text, told), delimiter=delimiter, quoting=quoting)
    return reader.read(((table.line_num + 1, row) for row in table), {field: header[n] for field, n in columns.items()})


def _is_geonames(line: str) -> bool:
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == GEONAMES_WIDTH and cells[0].isdecimal()


def _with_first(first: str, text: io.TextIOWrapper, told: Callable[[int], None]) -> Iterator[str]:
    """The lines of a table, telling how many bytes of it are read."""
    read = len(first)
    if first:
        yield first
    for n, line in enumerate(text):
        read += len(line.encode())
        if n % _EVERY == 0:
            told(read)
        yield line


def _columns(name: str, header: Sequence[str], said: Mapping[str, str]) -> dict[Field, int]:
    """The columns by what the user says of them, else by their names."""
    columns = guessed(header)
    for field, column in said.items():
        if column not in header:
            raise GazetteerError(f"{name}:1: no column {column!r}. There: {', '.join(header)}")
        columns[field] = header.index(column)  # type: ignore[index]  # the command line lets known fields through alone
    if lacking := [field for field in NEEDED if field not in columns]:
        raise GazetteerError(
            f"{name}:1: no column is understood as {' or '.join(lacking)}. There: {', '.join(header)}. "
            f"Name it, as in --column {lacking[0]}={header[0] if header else 'NAME'}"
        )
    return columns


class _RowReader:
    """Reads the rows of one table as drafts."""

    def __init__(self, name: str, columns: Mapping[Field, int], kind: PlaceKind | None, options: Options, *, dump: bool) -> None:
        self._name = name
        self._columns = columns
        self._kind = kind
        self._options = options
        self._dump = dump
        self._admin1: dict[tuple[str, str], str] = {}
        self._countries: dict[str, str] = {}

    def read(self, rows: Iterator[tuple[int, list[str]]], columns: dict[str, str]) -> Pack:
        pack = Pack([], columns, Counter(), [])
        for line, row in rows:
            if not any(row):
                continue
            try:
                draft = self._draft(row)
            except ValueError as e:
                pack.faults.append(f"{self._name}:{line}: {e}")
                continue
            if isinstance(draft, Draft):
                pack.drafts.append(draft)
            else:
                pack.left_out[draft] += 1
        if pack.faults and not self._options.skip_faults:
            more = len(pack.faults) - SHOWN_FAULTS
            told = "; ".join(pack.faults[:SHOWN_FAULTS]) + (f"; and {more:,} more" if more > 0 else "")
            raise GazetteerError(f"{told}. Mend the lines, or leave them out with --skip-faults")
        if not pack.drafts:
            raise GazetteerError(f"{self._name} holds no places that reports name")
        return pack

    def _draft(self, row: list[str]) -> Draft | str:
        """The place of a row; a code whose places are left out.  Raises ValueError with what is wrong."""
        if self._dump and len(row) != GEONAMES_WIDTH:
            raise ValueError(f"{len(row)} columns, and a GeoNames dump has {GEONAMES_WIDTH}")
        name = self._cell(row, "name")
        if not any(map(str.isalpha, name)):
            raise ValueError(f"the name {name!r} holds no letters" if name else "the name is empty")
        for field, cell in (("name", name), ("id", self._cell(row, "id"))):
            if len(cell) > LONGEST:
                raise ValueError(f"the {field} has {len(cell):,} characters, and at most {LONGEST:,} are read")
        code = self._cell(row, "code") or self._cell(row, "kind")
        kind = self._kind or (kinds().get(code.lower()) if code else "settlement")
        if kind is None or (kind == "settlement" and code.upper() in {"PPLQ", "PPLH", "PPLW"} and self._dump):
            return code
        lat, lon = self._degrees(row, "lat", 90), self._degrees(row, "lon", 180)
        country = self._country(self._cell(row, "country"))
        people = self._number(row, "population") or SEATS.get(code.upper(), 0)
        own = not self._dump and kind in _NAMED
        return Draft(
            self._cell(row, "id") or _made_id(name, kind, lat, lon), " ".join(name.split()), kind, lat, lon, country,
            self._admin1_code(country, self._cell(row, "admin1")) if kind != "country" else "", int(people),
            self._number(row, "radius") or (town_radius(int(people)) if kind == "settlement" else RADII.get(kind, 5.0)),
            "own" if own else "", latin(self._others(row), name))  # fmt: skip

    def _cell(self, row: list[str], field: Field) -> str:
        column = self._columns.get(field)
        return row[column].strip() if column is not None and column < len(row) else ""

    def _others(self, row: list[str]) -> list[str]:
        """Other names, parted by | or, in dumps and where there is no |, by commas or semicolons."""
        cell = self._cell(row, "names")
        for mark in "|;,":
            if mark in cell:
                return [name.strip() for name in cell.split(mark)]
        return [cell]

    def _degrees(self, row: list[str], field: Field, most: int) -> float:
        cell = self._cell(row, field)
        try:
            value = float(cell.replace(",", ".") if not self._dump else cell)
        except ValueError:
            raise ValueError(f"{field} is {cell!r}, which is no number") from None
        if not -most <= value <= most:
            raise ValueError(f"{field} is {cell}, beyond {most} degrees")
        return value

    def _number(self, row: list[str], field: Field) -> float:
        cell = self._cell(row, field).replace(",", "").replace(" ", "")
        try:
            value = float(cell or 0)
        except ValueError:
            raise ValueError(f"{field} is {cell!r}, which is no number") from None
        if not 0 <= value < 2**32:
            raise ValueError(f"{field} is {cell}, beyond what it can be")
        return value

    def _country(self, said: str) -> str:
        """The code of a country that a row names by code or name."""
        said = said or self._options.country
        if not said:
            raise ValueError("the row names no country; give it for all rows, as in --country IQ")
        if said not in self._countries:
            self._countries[said] = _country_code(said)
        return self._countries[said]

    def _admin1_code(self, country: str, said: str) -> str:
        """The code of a province that a row names by code or name; "" where the gazetteer knows none such."""
        if said in _NO_ADMIN1:
            return ""
        if self._dump:
            return said
        if (country, said) not in self._admin1:
            self._admin1[(country, said)] = _admin1_code(country, said)
        return self._admin1[(country, said)]


def _country_code(said: str) -> str:
    if len(said) == 2 and said.isascii() and said.isalpha():
        return said.upper()
    codes = {candidate.entry.country for candidate in find(said) if candidate.entry.kind == "country"}
    if len(codes) != 1:
        raise ValueError(f"country {said!r} is not known; use its code, as in IQ")
    return codes.pop()


def _admin1_code(country: str, said: str) -> str:
    provinces = [entry for entry in current().each("admin1") if entry.country == country]
    codes = {entry.admin1 for entry in provinces}
    if said in codes:
        return said
    for same in (fold, lambda name: core(fold(name)), lambda name: skeletons(fold(name))):
        found = {entry.admin1 for entry in provinces if _named(entry, said, same)}
        if len(found) == 1:
            return found.pop()
    return next((c.entry.admin1 for c in find(said) if c.entry.kind == "admin1" and c.entry.country == country), "")


def _named(entry: Entry, said: str, same: Callable[[str], Any]) -> bool:
    return bool(same(said)) and same(entry.name) == same(said)


def _made_id(name: str, kind: str, lat: float, lon: float) -> str:
    """An id for a row that has none: the same for the same row, whatever stands around it."""
    return "x-" + hashlib.sha256(f"{fold(name)}|{kind}|{lat:.4f}|{lon:.4f}".encode()).hexdigest()[:12]
