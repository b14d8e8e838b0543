"""Files that are not what was written: each is refused with its line and what is wrong, and nothing of it is kept."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dateline.imports.own as own
from dateline.errors import DatelineError, ProjectFileError, StoreError
from dateline.exports import export_project
from dateline.imports import import_project
from dateline.queries import search
from dateline.store import Project, dump, open_project
from dateline.testing import killed, make_actor, make_claim, make_event, make_reading, make_report, placed

Record = dict[str, Any]
Refused = Callable[[list[bytes]], str]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A project as it is written."""
    folder = tmp_path_factory.mktemp("written")
    report = make_report("Army troops killed 22 militants near Torbal.", path="a.txt")
    claim = make_claim(report, initiator=[make_actor("Iraqi army", "state_force")], places=[placed()], figures=[killed(22)])
    with open_project(folder / "project", create=True) as project:
        project.save([make_reading(report, claims=[claim])])
        project.replace_events([make_event([claim])])
        export_project(project, [folder / "dateline.jsonl"])
    return (folder / "dateline.jsonl").read_bytes().splitlines(keepends=True)


def sealed(lines: list[bytes]) -> list[bytes]:
    """Lines with a last one that fits them, as a forger would write it."""
    whole = b"".join(lines[:-1])
    return [*lines[:-1], msgspec.json.encode({"end": len(lines) - 1, "sha256": hashlib.sha256(whole).hexdigest()}) + b"\n"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with nothing in it; a file that is refused leaves it so."""
    folder = tmp_path_factory.mktemp("empty") / "project"
    open_project(folder, create=True).close()
    return folder


@pytest.fixture
def refused(empty: Path, tmp_path: Path) -> Refused:
    """What is said of a file that is refused."""

    def refuse(lines: list[bytes]) -> str:
        file = tmp_path / "dateline.jsonl"
        file.write_bytes(b"".join(lines))
        with pytest.raises(ProjectFileError) as fault:
            import_project(file, empty)
        with open_project(empty) as project:
            assert not list(dump(project))
        return str(fault.value).removeprefix(f"{file}, ")

    return refuse


def line_of(lines: list[bytes], table: str) -> int:
    """The place of the first line of a table."""
    return next(n for n, line in enumerate(lines) if line.startswith(f'{{"{table}":'.encode()))


def changed(lines: list[bytes], table: str, change: Callable[[Record], object]) -> list[bytes]:
    """The lines, with the first record of a table changed."""
    at = line_of(lines, table)
    record = msgspec.json.decode(lines[at])
    change(record[table])
    return sealed([*lines[:at], msgspec.json.encode(record) + b"\n", *lines[at + 1 :]])


def test_the_file_itself_is_read(lines: list[bytes], tmp_path: Path) -> None:
    """Else the rest of this page would prove nothing."""
    (tmp_path / "dateline.jsonl").write_bytes(b"".join(sealed(lines)))
    assert import_project(tmp_path / "dateline.jsonl", tmp_path / "new")[:3] == (1, 1, 1)


def test_a_file_that_lost_its_end_is_not_half_a_project(lines: list[bytes], refused: Refused) -> None:
    """At the end of a line, and within one."""
    assert refused(lines[:-1]) == f"line {len(lines) - 1}: the file ends before its last line: a part of it is missing"
    assert refused([*lines[:5], lines[5][:20]]) == "line 6: the file ends within the line"


def test_a_line_that_is_gone_is_missed(lines: list[bytes], refused: Refused) -> None:
    at = line_of(lines, "events")
    count = len(lines) - 1
    assert refused([*lines[:at], *lines[at + 1 :]]) == (
        f"line {count}: the file has {count - 1} lines before its last one, and had {count} when it was written"
    )


def test_a_number_that_was_changed_is_seen(lines: list[bytes], refused: Refused) -> None:
    """22 dead become 20."""
    at = line_of(lines, "reports")
    fewer = lines[at].replace(b'"low":22.0', b'"low":20.0')
    assert fewer != lines[at]
    assert refused([*lines[:at], fewer, *lines[at + 1 :]]).endswith(
        "the lines are not those that were written: the file was changed or damaged"
    )


@pytest.mark.parametrize("text", [b"", b"\n", b"claim_id,kind\n", b'{"id": 1}\n', b"\xff\xfe\n", b"[" * 5000 + b"\n"])
def test_another_kind_of_file_is_named_as_such(text: bytes, refused: Refused) -> None:
    assert "this is no file of `dateline export --to dateline.jsonl`" in refused([text])


def test_tables_of_another_version_are_not_guessed_at(lines: list[bytes], refused: Refused) -> None:
    """The way out is told."""
    header = msgspec.json.decode(lines[0]) | {"tables": "9999", "version": "7.0"}
    told = refused([msgspec.json.encode(header) + b"\n", *lines[1:]])
    assert "tables of revision 9999" in told
    assert "Install Dateline 7.0" in told


def put(name: str, value: Any) -> Callable[[Record], object]:
    return lambda record: record.update({name: value})


def claim_of(record: Record) -> Record:
    found: Record = record["claims"][0]
    return found


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("reports", put("text", 5), "Expected `str`, got `int` - at `$.text`"),
        ("reports", put("published", "yesterday"), "Invalid RFC3339 encoded date - at `$.published`"),
        ("reports", put("rank", 1), "Object contains unknown field `rank`"),
        ("reports", put("id", "0" * 16), "report 0000000000000000: the id is not made of the SHA-256"),
        ("reports", put("sha256", "x"), "the id is not made of the SHA-256 x"),
        ("reports", lambda r: r.pop("text"), "Object missing required field `text`"),
        ("reports", lambda r: claim_of(r).update(kind="rumour"), "Invalid enum value 'rumour' - at `$.claims[0].kind`"),
        ("reports", lambda r: claim_of(r).update(background=1), "Expected `bool`, got `int` - at `$.claims[0].background`"),
        ("reports", lambda r: claim_of(r)["figures"][0].update(low="22"), "Expected `float | null`, got `str`"),
        ("reports", lambda r: claim_of(r)["evidence"][0].update(end_char=9999), "evidence: characters 0 to 9999 are not in"),
        ("reports", lambda r: claim_of(r)["evidence"][0].update(start_char=-1), "evidence: characters -1 to"),
        ("reports", lambda r: claim_of(r).update(source_spans=[[3]]), "claims.source_spans: Expected `array` of length 2"),
        ("reports", lambda r: r["claims"].append(claim_of(r)), "the record is there twice, points to one that is not"),
        ("reports", lambda r: claim_of(r).update(source_id="s-none"), "points to one that is not"),
        ("reports", lambda r: claim_of(r).update(n=2**70), "cannot be kept"),
        ("reports", put("regions", {}), "Expected `array`, got `object` - at `$.regions`"),
        ("events", lambda r: r["event_claims"][0].update(claim_id="c-none"), "points to one that is not"),
        ("events", put("sources", 1.5), "Expected `int`, got `float` - at `$.sources`"),
        ("places", put("lat", None), "Expected `float`, got `null` - at `$.lat`"),
        ("places", put("kind", "planet"), "Invalid enum value 'planet' - at `$.kind`"),
    ],
)  # fmt: skip
def test_a_record_that_is_none_is_named_with_its_line(
    lines: list[bytes], table: str, change: Callable[[Record], object], told: str, refused: Refused
) -> None:
    """Wrong types, values of no list, spans outside the text, records that are there twice or point nowhere."""
    fault = refused(changed(lines, table, change))
    assert fault.startswith(f"line {line_of(lines, table) + 1}: ")
    assert told in fault


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"nonsense\n", "JSON is malformed"),
        (b"{}\n", "no record of a project: nothing. Known: actors,"),
        (b'{"accounts": {"name": "me", "role": "admin"}}\n', "no record of a project: accounts."),
        (b'{"actors": {}, "places": {}}\n', "no record of a project: actors, places."),
        (b'{"actors": {"id": "\\ud800", "name": "x", "kind": "unknown"}}\n', ""),
        (b'{"settings": {"name": "x", "value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}\n", ""),
        (b'{"end":"all","sha256":""}\n', "the last line cannot be read"),
    ],
)
def test_a_line_that_is_no_record_is_named(lines: list[bytes], line: bytes, told: str, refused: Refused) -> None:
    fault = refused(sealed([lines[0], line, *lines[1:]]))
    assert fault.startswith("line 2: ")
    assert told in fault


def test_a_record_twice_is_refused(lines: list[bytes], refused: Refused) -> None:
    at = line_of(lines, "reports")
    fault = refused(sealed([*lines[: at + 1], *lines[at:]]))
    assert fault.startswith(f"line {at + 2}: the record is there twice")


def test_a_huge_line_is_not_read(lines: list[bytes], refused: Refused, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory has a bound, whatever a file holds."""
    monkeypatch.setattr(own, "LONGEST", 1000)
    assert refused([lines[0], b" " * 2000 + b"\n", *lines[1:]]) == "line 2: the line is longer than 1,000 bytes"


def test_nothing_may_stand_behind_the_last_line(lines: list[bytes], refused: Refused) -> None:
    assert refused([*lines, b"\n"]).endswith("there is more behind the last line")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.data())
def test_whatever_happens_to_a_file_it_is_refused_in_words(lines: list[bytes], refused: Refused, data: st.DataObject) -> None:
    """Bytes changed, put in or taken out anywhere: an error of Dateline's, and no project."""
    whole = b"".join(lines)
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    if damaged != whole:
        refused([damaged])


def filled(folder: Path) -> Project:
    project = open_project(folder, create=True)
    project.save([make_reading("Something else.")])
    return project


def test_a_project_that_has_something_is_left_alone(lines: list[bytes], tmp_path: Path) -> None:
    """Two projects are not mixed."""
    (tmp_path / "dateline.jsonl").write_bytes(b"".join(lines))
    with filled(tmp_path / "there") as project:
        with pytest.raises(StoreError, match="import into a project that is not there yet"):
            import_project(tmp_path / "dateline.jsonl", tmp_path / "there")
        assert [report.text for report in project.reports()] == ["Something else."]


def test_a_project_that_was_made_for_a_damaged_file_is_taken_away(lines: list[bytes], tmp_path: Path) -> None:
    (tmp_path / "dateline.jsonl").write_bytes(lines[0])
    with pytest.raises(ProjectFileError):
        import_project(tmp_path / "dateline.jsonl", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_failed_import_leaves_a_folder_that_was_there(lines: list[bytes], tmp_path: Path) -> None:
    """With what was in it."""
    (tmp_path / "dateline.jsonl").write_bytes(lines[0])
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "notes.txt").touch()
    with pytest.raises(ProjectFileError):
        import_project(tmp_path / "dateline.jsonl", tmp_path / "there")
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["notes.txt"]


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="cannot be read: No such file"):
        import_project(tmp_path / "none.jsonl", tmp_path / "new")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """A project of five reports, which go into the tables together."""
    folder = tmp_path_factory.mktemp("many")
    with open_project(folder / "project", create=True) as project:
        project.save([make_reading(f"Soldiers arrested {n} militants in Torbal.") for n in range(5)])
        export_project(project, [folder / "dateline.jsonl"])
    return (folder / "dateline.jsonl").read_bytes().splitlines(keepends=True)


def test_of_records_that_go_in_together_the_one_that_cannot_is_told(many: list[bytes], refused: Refused) -> None:
    """The third of five reports is there twice."""
    at = line_of(many, "reports")
    assert sum(line.startswith(b'{"reports":') for line in many) == 5
    twice = sealed([*many[: at + 3], many[at + 2], *many[at + 3 :]])
    assert refused(twice).startswith(f"line {at + 4}: the record is there twice, points to one that is not there,")


def found(project: Project, word: str) -> tuple[int, int]:
    """How many reports and claims hold a word."""
    with project.reading_tables() as connection:
        reports, claims = search(connection, word)
    return len(reports), len(claims)


@pytest.mark.parametrize("together", [1, 2, 200])
def test_a_project_is_the_same_however_many_records_go_in_together(
    many: list[bytes], together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the words of its reports are found."""
    monkeypatch.setattr(own, "_TOGETHER", together)
    (tmp_path / "dateline.jsonl").write_bytes(b"".join(many))
    assert import_project(tmp_path / "dateline.jsonl", tmp_path / "copy")[:3] == (5, 5, 0)
    with open_project(tmp_path / "copy") as project:
        export_project(project, [tmp_path / "again" / "dateline.jsonl"])
        assert found(project, "arrested") == (5, 5)
        project.save([make_reading("Soldiers arrested nobody.")])
        assert found(project, "arrested") == (6, 6), "the index goes on with the reports that come later"
    assert (tmp_path / "again" / "dateline.jsonl").read_bytes().splitlines(keepends=True) == many
