"""`dateline contradictions`, `timeline` and `trend` on a project of reports made by hand."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dateline.cli import main, trends
from dateline.events import link_events
from dateline.events.implied import implied_figures
from dateline.model import Interval, Reading, Source, Span
from dateline.store import open_project
from dateline.testing import killed, make_claim, make_reading, make_report, on, placed


def raid(paper: str, day: str, number: float) -> Reading:
    report = make_report(
        f"On {day} soldiers killed {number:g} rebels in Torbal, {paper} says.", publisher=paper, published=date.fromisoformat(day)
    )
    source = Source(organisation=paper, type="media")
    return make_reading(report, [make_claim(report, figures=[killed(number)], places=[placed()], time=on(day), source=source)])


def total(day: str, number: float) -> Reading:
    report = make_report(
        f"Since January {number:g} were killed, the ministry says on {day}.",
        publisher="Gazette",
        published=date.fromisoformat(day),
    )
    since = Interval(span=Span(0, 13), words="Since January", start=date(2024, 1, 1), precision="period", since=True)
    fields: dict[str, Any] = {"kind": "tally", "scope": "since", "time": since, "figures": [killed(number)]}
    source = Source(organisation="ministry", type="official")
    return make_reading(report, [make_claim(report, source=source, **fields)])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two papers give 3 and 9 dead for one raid; another raid a week later; totals of 140 and 155, and one that falls."""
    folder = tmp_path_factory.mktemp("made")
    readings = [raid("Echo", "2024-03-04", 3), raid("Post", "2024-03-04", 9), raid("Echo", "2024-03-12", 5)]
    readings += [total("2024-04-01", 140), total("2024-05-01", 155), total("2024-06-01", 150)]
    with open_project(folder, create=True) as opened:
        opened.save(readings)
        opened.replace_events(link_events(readings))
        opened.replace_implied(implied_figures(opened.claims("tally")))
    return str(folder)


def dateline(*arguments: str) -> str:
    done = CliRunner(env={"COLUMNS": "160"}).invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_contradictions_are_listed_with_the_sentences_of_both_sides(project: str) -> None:
    shown = dateline("contradictions", "-p", project)
    assert shown.startswith("2 contradictions in events")
    assert "soldiers killed 3 rebels in Torbal, Echo says" in shown
    assert "soldiers killed 9 rebels in Torbal, Post says" in shown
    assert "a running total cannot fall" in shown


def test_contradictions_are_one_object_a_line_for_programs(project: str) -> None:
    found = [json.loads(line) for line in dateline("contradictions", "-p", project, "--json").splitlines()]
    assert [one["kind"] for one in found] == ["toll", "running total"]
    assert {side["value"] for side in found[0]["sides"]} == {"3", "9"}


def test_the_timeline_shows_events_totals_and_what_they_imply_in_order(project: str) -> None:
    found = list(csv.DictReader(io.StringIO(_written(project, "timeline", "csv"))))
    assert [row["kind"] for row in found] == ["tally", "tally", "tally", "event", "event", "implied", "implied"]
    assert found[-2]["figures"] == "15 killed (militant)"
    assert "between two running totals" in dateline("timeline", "-p", project)


def test_a_filter_narrows_the_timeline(project: str) -> None:
    assert "2 events" not in dateline("timeline", "-p", project, "--kind", "tally")
    assert "2024-03-12" in dateline("timeline", "-p", project, "--place", "Torbal", "--since", "2024-03-10")


def test_the_trend_counts_a_raid_once_and_no_total(project: str) -> None:
    """Nine dead at most in the first week, whatever the totals say; the range has both papers' numbers."""
    rows = list(csv.DictReader(io.StringIO(_written(project, "trend", "csv"))))
    assert [(row["period"], row["events"], row["killed_low"], row["killed_high"]) for row in rows] == [
        ("2024-W10", "1", "3", "9"),
        ("2024-W11", "1", "5", "5"),
    ]
    assert rows[0]["reports"] == "2"


def test_the_trend_is_a_table_on_the_screen_and_a_picture_in_a_file(project: str, tmp_path: Path) -> None:
    assert "2024-W10" in dateline("trend", "-p", project, "--by", "week,province")
    for name in ("trend.svg", "trend.png"):
        dateline("trend", "-p", project, "--by", "month", "-o", str(tmp_path / name))
    assert (tmp_path / "trend.svg").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "trend.png").read_bytes().startswith(b"\x89PNG")


def test_json_says_what_is_counted(project: str) -> None:
    made = json.loads(_written(project, "trend", "json"))
    assert (made["of"], made["by"], made["toll"]) == ("events", ["week"], "killed")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["trend", "--by", "fortnight"], "cannot count by 'fortnight'. Known: day, week"),
        (["trend", "--toll", "unharmed"], "no measure 'unharmed'. Known: killed"),
        (["timeline", "-o", "x.pdf"], "its name must end in .svg, .png, .csv, .json"),
    ],
)
def test_what_cannot_be_is_told_with_what_can(project: str, arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(main, [*arguments, "-p", project])
    assert done.exit_code in (1, 2)
    assert said in " ".join(done.output.split())


def test_a_claim_shows_what_it_implies(project: str) -> None:
    with open_project(project) as opened:
        claim = opened.implied()[0].earlier[0]
    assert "140 by 2024-04-01" in dateline("show", claim, "-p", project)


def test_an_event_shows_who_tells_each_number(project: str) -> None:
    with open_project(project) as opened:
        event = next(event for event in opened.events() if event.contradictions)
    shown = dateline("show", event.id, "-p", project)
    assert "“3” Echo, 2024-03-04" in shown
    assert "in all" in shown


def test_a_project_keeps_its_rule_of_best_numbers(tmp_path: Path) -> None:
    with open_project(tmp_path, create=True) as opened:
        assert opened.best_rule() == "most-trusted"
        opened.set_best_rule("lowest")
        assert opened.best_rule() == "lowest"


def _written(project: str, command: str, format_: str) -> str:
    path = Path(project) / f"{command}.{format_}"
    dateline(command, "-p", project, "-o", str(path))
    return path.read_text(encoding="utf-8")


def test_the_screen_shows_the_first_rows_and_says_how_many_there_are(project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has them all."""
    monkeypatch.setattr(trends, "MOST_ROWS", 1)
    shown = dateline("trend", "-p", project)
    assert "2024-W11" not in shown
    assert "the first 1 of 2 rows; filters narrow them, and -o FILE.csv writes them all" in shown
    assert "the first 1 of 7 rows" in dateline("timeline", "-p", project)
    assert _written(project, "trend", "csv").count("2024-W1") == 2
