"""Export, import, export: a project in Dateline's own form comes back with every row, and is written again byte for byte."""

import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from records import events, readings

from dateline.exports import export_project
from dateline.imports import import_project
from dateline.model import PlaceAlias, Reading, Report, Review, Source
from dateline.store import Project, dump, open_project
from dateline.store.aliases import add_alias
from dateline.store.reviews import append_review
from dateline.store.tree import Node, forest
from dateline.testing import make_claim, make_event, make_reading, make_report, placed

NAME = "dateline.jsonl"
SLOW = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each example makes a project: making it smaller takes too long
)
FILLER = " and so on" * 120  # any span lies in a text of this length


def with_long_text(reading: Reading) -> Reading:
    """The reading of a report whose text holds all characters that its records count."""
    report: Report = msgspec.structs.replace(reading.report, text=reading.report.text + FILLER)
    return msgspec.structs.replace(reading, report=report)


def written(project: Project, folder: Path, *, private_names: bool = True) -> bytes:
    export_project(project, [folder / NAME], private_names=private_names)
    return (folder / NAME).read_bytes()


def carried(project: Project, folder: Path, *, private_names: bool = True) -> tuple[bytes, bytes, list[str]]:
    """What is written, what is written again of the project that was read from it, and that one's rows."""
    first = written(project, folder, private_names=private_names)
    import_project(folder / NAME, folder / "copy")
    with open_project(folder / "copy") as copy:
        return first, written(copy, folder / "again", private_names=private_names), list(dump(copy))


@SLOW
@given(st.data())
def test_any_project_comes_back(project: Project, data: st.DataObject) -> None:
    """Any readings and events, from SQLite and from PostgreSQL: every row of every table, and the same bytes."""
    reading = with_long_text(data.draw(readings()))
    project.save([reading])
    project.replace_events([msgspec.structs.replace(event, certainty="alleged") for event in data.draw(events(reading))])
    with tempfile.TemporaryDirectory() as folder:
        first, again, rows = carried(project, Path(folder))
    assert first == again
    assert rows == list(dump(project))


@SLOW
@given(st.data())
def test_a_project_without_private_names_comes_back_too(project: Project, data: st.DataObject) -> None:
    """What was left out once is left out again, and nothing else is."""
    reading = with_long_text(data.draw(readings()))
    project.save([reading])
    with tempfile.TemporaryDirectory() as folder:
        first, again, _ = carried(project, Path(folder), private_names=False)
    assert first == again


def review(number: int) -> Review:
    return Review(
        number=number, subject="c-1", report_id=None, action="comment", field=None, engine_value=None, before=None,
        value='"looks wrong"', reviewer="ana", at="2026-02-03T04:05:06.000007+00:00", reason="=1+1", layer=None,
        decision='{"action":"comment"}', anchors="{}", previous="", hash="",
    )  # fmt: skip


def test_decisions_and_settings_come_along(project: Project, tmp_path: Path) -> None:
    """The log with its chain of hashes, and what was settled for the project."""
    project.save([make_reading("Rebels shelled Torbal.")])
    with project.writing_tables() as connection:
        for number in (1, 2, 3):
            append_review(connection, review(number), ["c-1"])
    add_alias(project, PlaceAlias(name="wadi zaytoun", place_id="made-torbal"))
    first, again, rows = carried(project, tmp_path)
    assert first == again
    assert rows == list(dump(project))
    with open_project(tmp_path / "copy") as copy:
        assert copy.reviews() == project.reviews()
        with copy.writing_tables() as connection:
            assert append_review(connection, review(4), ["c-1"]).number == 4


def test_witnesses_stay_behind(project: Project, tmp_path: Path) -> None:
    """Speaker, line and mention have no name; the text is as it was published."""
    report = make_report("A bomb went off, said Rosa Marin.")
    said = Source(speaker="Rosa Marin", role="shopkeeper", type="witness")
    project.save([make_reading(report, claims=[make_claim(report, source=said, summary="bombing (Rosa Marin)")])])
    assert written(project, tmp_path).count(b"Rosa Marin") == 3
    assert written(project, tmp_path, private_names=False).count(b"Rosa Marin") == 1
    done = import_project(tmp_path / NAME, tmp_path / "copy")
    assert (done.reports, done.claims, done.events, done.private_names) == (1, 1, 0, False)
    with open_project(tmp_path / "copy") as copy:
        [(claim, _)] = copy.claims()
        assert (claim.source.speaker, claim.source.role, claim.summary) == (None, "shopkeeper", "bombing (a witness)")


def test_a_project_can_move_to_another_database(where: Path | str, tmp_path: Path) -> None:
    """A folder's project becomes one of PostgreSQL's, and is written from there byte for byte."""
    with open_project(tmp_path / "folder", create=True) as project:
        for text in ("Rebels shelled Torbal.", "Älpler flohen.", "a", "B"):
            report = make_report(text, path=text)
            project.save([make_reading(report, claims=[make_claim(report, places=[placed(text)])])])
        project.replace_events([make_event([claim]) for claim, _ in project.claims()])
        first = written(project, tmp_path)
    import_project(tmp_path / NAME, where)
    with open_project(where) as copy:
        assert written(copy, tmp_path / "again") == first


def parts(node: Node) -> set[str]:
    return {node.name}.union(*(parts(part) for part in node.parts))


def test_no_table_is_forgotten() -> None:
    """A table is in the file, or says itself that it is not."""
    from dateline.store.tables import metadata

    carried_over = set[str]().union(*map(parts, forest()))
    left_out = {str(table.name) for table in metadata.sorted_tables if not table.info.get("export", True)}
    assert carried_over | left_out == set(metadata.tables)
    assert left_out == {"accounts", "account_sessions", "account_log", "linked_reports"}


@pytest.mark.parametrize("name", [node.name for node in forest()])
def test_rows_come_behind_what_they_point_to(name: str) -> None:
    """So that a file can be read in one pass."""
    names = [node.name for node in forest()]
    [node] = [node for node in forest() if node.name == name]
    own = parts(node)

    def points_to(node: Node) -> set[str]:
        mine = {str(key.column.table.name) for key in node.table.foreign_keys}
        return mine.union(*(points_to(part) for part in node.parts))

    before = set[str]().union(*(parts(other) for other in forest()[: names.index(name)]))
    assert points_to(node) <= own | before
