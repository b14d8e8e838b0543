"""Claims, figures and events as tables and JSON lines."""

import csv
import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import ExportError
from dateline.evaluation.gold import read_gold
from dateline.exports import EXPORTS, Context, export_for, export_project, replacing, write_rows
from dateline.exports.acled import ACLED_COLUMNS
from dateline.exports.cells import csv_cell, harmless
from dateline.exports.columns import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS
from dateline.exports.ged import GED_COLUMNS
from dateline.exports.origins import ORIGIN_COLUMNS, REJECT_COLUMNS
from dateline.exports.parquet import LINK_COLUMNS
from dateline.model import Claim, ClaimRow, Contradiction, EventFigure, EventRow, FigureRow, Report, Source
from dateline.store import Project, open_project
from dateline.testing import (
    destroyed,
    killed,
    make_actor,
    make_claim,
    make_event,
    make_place,
    make_reading,
    make_report,
    on,
    placed,
    span_of,
)

TEXT = "=1+1 is how the headline began.\r\nArmy troops killed\n22 militants near Torbal on Monday. Army troops left."
REPORT = make_report(
    TEXT, title="-dir-ty trick", publisher="@wire", published=date(2019, 11, 5), published_from="given", path="a.txt"
)
CLAIM = make_claim(
    REPORT,
    evidence=[span_of(TEXT, "=1+1"), span_of(TEXT, "killed\n22 militants")],
    initiator=[make_actor("Army troops", "state_force")],
    places=[placed("Meta", kind="admin1", geo_precision=3, lat=1.0), placed()],
    time=on("2019-11-04"),
    figures=[killed(22, of="ISIS"), killed(3, "militant_leader", part_of="22 militants"), destroyed(None, low=2.0, unit="t")],
    source=Source(speaker="Amadou Bello", role="spokesman", type="military", via=("River Post", "Highland Wire")),
    summary="+22 killed",
)


def written(name: str, rows: list[Any], event_of: dict[str, str] | None = None, *, private_names: bool = False) -> str:
    stream = io.BytesIO()
    context = Context(event_of or {}, private_names=private_names)
    assert write_rows(export_for(name), rows, context, stream) == len(rows)
    return stream.getvalue().decode()


def table(name: str, rows: list[Any], event_of: dict[str, str] | None = None) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(name, rows, event_of), newline="")))


def lines(name: str, rows: list[Any], event_of: dict[str, str] | None = None) -> list[Any]:
    return [msgspec.json.decode(line) for line in written(name, rows, event_of).splitlines()]


def test_a_claim_becomes_a_row_with_its_evidence() -> None:
    """Values, the words that say them, and the way back to the report's bytes."""
    [row] = table("claims.csv", [ClaimRow(CLAIM, REPORT)], {CLAIM.id: "e-1"})
    shown = ("claim_id", "event_id", "initiator", "places", "time_start", "published", "background", "via", "evidence_spans")
    assert [row[name] for name in shown] == [
        CLAIM.id, "e-1", "Army troops", "Meta; Torbal", "2019-11-04", "2019-11-05", "false", "River Post; Highland Wire",
        "; ".join(f"{span.start}-{span.end}" for span in CLAIM.evidence),
    ]  # fmt: skip
    assert row["report_sha256"] == REPORT.sha256
    assert row["evidence"] == "'=1+1 [...] killed 22 militants"
    assert row["figures"] == (
        "killed militant 22/22/22 of ISIS; killed militant_leader 3/3/3 (part of 22 militants); destroyed tunnel 2/-/- t"
    )


def test_coordinates_stay_numbers_and_are_those_of_the_most_precise_place() -> None:
    """A southern latitude begins with a minus and is no formula."""
    [row] = table("claims.csv", [ClaimRow(CLAIM, REPORT)])
    assert (row["place"], row["latitude"], row["longitude"], row["geo_precision"]) == ("Torbal", "-4.5", "-70.25", "1")


def test_no_cell_can_run() -> None:
    """Text from a report that a spreadsheet would take for a formula gets an apostrophe."""
    [row] = table("claims.csv", [ClaimRow(CLAIM, REPORT)])
    assert (row["report_title"], row["publisher"], row["summary"]) == ("'-dir-ty trick", "'@wire", "'+22 killed")


@given(st.text(st.sampled_from("=+-@＝ \t\r\n\ufeff\u200f'a1"), max_size=8))
def test_no_text_begins_as_a_formula(text: str) -> None:
    """Also behind blanks and characters that nobody sees."""
    cell = csv_cell(text)
    assert not re.match(r"[\s\ufeff\u200f]*[=+\-@＝]", cell)
    assert not re.search(r"[\t\r\n]", cell)


@pytest.mark.parametrize("text", ["Torbal", "a-b", "it's", "", "22"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("value", "cell"), [(22.0, "22"), (-3.25, "-3.25"), (0, "0"), (True, "true"), (None, ""), (date(2019, 1, 2), "2019-01-02")]
)
def test_values_are_written_as_what_they_are(value: Any, cell: str) -> None:
    assert csv_cell(value) == cell


def test_a_toll_stands_alone_or_not_at_all() -> None:
    """Parts are no second figure, and two figures of one measure are not added up."""
    [row] = table("claims.csv", [ClaimRow(CLAIM, REPORT)])
    assert [row[f"killed_{bound}"] for bound in ("low", "best", "high")] == ["22", "22", "22"]
    two = make_claim(REPORT, figures=[killed(22), killed(3, "civilian")])
    [row] = table("claims.csv", [ClaimRow(two, REPORT)])
    assert row["killed_best"] == ""
    assert row["figures"] == "killed militant 22/22/22; killed civilian 3/3/3"


def test_a_figure_becomes_a_row_with_its_claim() -> None:
    [row] = table("figures.csv", [FigureRow(CLAIM.figures[2], CLAIM, REPORT)])
    shown = ("claim_id", "low", "best", "measure", "object", "unit", "initiator", "latitude", "report_sha256")
    assert [row[name] for name in shown] == [CLAIM.id, "2", "", "destroyed", "tunnel", "t", "Army troops", "-4.5", REPORT.sha256]


def event_row() -> EventRow:
    other = make_report("Rebels say\tthree fighters died.", publisher="River Post")
    said = make_claim(other, figures=[killed(3)])
    toll = EventFigure(
        measure="killed",
        object="militant",
        unit=None,
        of=None,
        low=3,
        best=22,
        high=22,
        rule="latest",
        claims=(CLAIM.id, said.id),
    )
    event = make_event(
        [CLAIM, said],
        place=make_place(),
        time_start=date(2019, 11, 4),
        figures=(toll,),
        contradictions=(Contradiction("killed", (("22", (CLAIM.id,)), ("3", (said.id,)))),),
    )
    return EventRow(event, (ClaimRow(CLAIM, REPORT), ClaimRow(said, other)))


def test_an_event_becomes_a_row_with_the_evidence_of_every_claim() -> None:
    """Each claim's words, and the characters of each report."""
    whole = event_row()
    [row] = table("events.csv", [whole])
    [(_, report), (other_claim, other)] = whole.claims
    assert [row[name] for name in ("killed_low", "killed_best", "latitude", "claims", "contradictions", "time_start")] == [
        "3", "22", "-4.5", "2", "killed: 22 / 3", "2019-11-04",
    ]  # fmt: skip
    assert row["claim_ids"] == f"{CLAIM.id}; {other_claim.id}"
    assert row["report_sha256"] == f"{report.sha256}; {other.sha256}"
    assert row["evidence"].endswith(" | Rebels say three fighters died.")
    assert row["evidence_spans"].endswith(f"; {other.id}:0-{len(other.text)}")


def test_json_rows_have_the_names_of_the_columns_and_text_as_it_is() -> None:
    [event] = lines("events.jsonl", [event_row()])
    assert list(event) == [column.name for column in EVENT_COLUMNS]
    assert event["killed_best"] == 22
    assert "Rebels say\tthree" in event["evidence"]
    [figure] = lines("figures.jsonl", [FigureRow(CLAIM.figures[0], CLAIM, REPORT)])
    assert list(figure) == [column.name for column in FIGURE_COLUMNS]


def test_claims_as_json_can_be_read_as_gold(tmp_path: Path) -> None:
    """One report a line; quotes that stand in the text once, and characters for those that stand there twice."""
    twice = make_claim(REPORT, evidence=[span_of(TEXT, "Army troops")], nth=1, kind="tally", event_type=None)
    [coded] = lines("claims.jsonl", [ClaimRow(CLAIM, REPORT), ClaimRow(twice, REPORT)], {CLAIM.id: "e-1"})
    [span] = twice.evidence
    assert [claim["evidence"] for claim in coded["claims"]] == [["=1+1", "killed\n22 militants"], [[span.start, span.end]]]
    assert [claim["event"] for claim in coded["claims"]] == ["e-1", None]
    assert coded["claims"][0]["spans"] == [[span.start, span.end] for span in CLAIM.evidence]
    (tmp_path / "claims.jsonl").write_bytes(msgspec.json.encode(coded))
    [gold] = read_gold(tmp_path / "claims.jsonl")
    assert gold.text == TEXT
    assert gold.published == date(2019, 11, 5)
    assert gold.claims[0].figures is not None
    assert gold.claims[0].figures[0].best == 22


def named(kind: str) -> tuple[Claim, Report]:
    source = Source(speaker="Rosa Marin", role="shopkeeper", type=kind)  # type: ignore[arg-type]
    return make_claim(REPORT, source=source, summary="bombing; Torbal (Rosa Marin)"), REPORT


@pytest.mark.parametrize("name", ["claims.csv", "claims.jsonl", "figures.csv", "figures.jsonl"])
def test_private_persons_are_not_named(name: str) -> None:
    """A witness has a role and no name, unless it is asked for; who speaks in office keeps both."""
    for kind, asked, shown in (("witness", False, False), ("witness", True, True), ("police", False, True)):
        claim, report = named(kind)
        rows: list[Any] = [ClaimRow(claim, report)] if name.startswith("claims") else [FigureRow(killed(1), claim, report)]
        text = written(name, rows, private_names=asked)
        assert ("Rosa Marin" in text) == shown
        assert "shopkeeper" in text


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ExportError, match=r"no export 'claims\.xls'\. Known: acled\.csv, .*, claims\.csv, claims\.jsonl, "):
        export_for("claims.xls")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = open_project(tmp_path / "project", create=True)
    project.save([make_reading(REPORT, claims=[CLAIM])])
    project.replace_events([make_event([CLAIM])])
    return project


def test_every_export_writes_a_project(project: Project, tmp_path: Path) -> None:
    """The name chooses the form, the folder is made, two times give the same bytes, and no part of a file is left over."""
    for name, count in (
        ("claims.csv", 1),
        ("figures.csv", 3),
        ("events.csv", 1),
        ("claims.jsonl", 1),
        ("figures.jsonl", 3),
        ("events.jsonl", 1),
    ):
        path = tmp_path / "out" / "deep" / name
        assert [one.rows for one in export_project(project, [path])] == [count]
        first = path.read_bytes()
        export_project(project, [path])
        assert path.read_bytes() == first
        assert not first.startswith(b"\xef\xbb\xbf")
        assert first.endswith(b"\r\n" if name.endswith("csv") else b"}\n")
    assert len(list((tmp_path / "out" / "deep").iterdir())) == 6


def test_a_file_that_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as stream:
            stream.write("new")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail()
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_a_file_that_cannot_be_written_is_an_export_error(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        export_project(project, [tmp_path / "file" / "claims.csv"])


def test_every_column_has_a_line_in_the_reference() -> None:
    """And every export a line in the list of files."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    told = {
        name for line in page.splitlines() if line.startswith("| `") for name in re.findall(r"`([\w.]+)`", line.split("|")[1])
    }
    tables = (CLAIM_COLUMNS, FIGURE_COLUMNS, EVENT_COLUMNS, LINK_COLUMNS)
    columns = {column.name for columns in tables for column in columns} | {"point_is"}
    columns |= {*ACLED_COLUMNS, *GED_COLUMNS, *ORIGIN_COLUMNS, *REJECT_COLUMNS}
    assert (columns | set(EXPORTS)) - told == set()
    assert told - columns - set(EXPORTS) == set()
