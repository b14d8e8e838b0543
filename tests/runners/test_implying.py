"""What running totals imply stays in step with the reports, however they come in."""

from datetime import date
from pathlib import Path

from dateline.events.implied import implied_figures
from dateline.model import Interval, Reading, Source, Span
from dateline.runners.implying import imply
from dateline.store import open_project
from dateline.testing import killed, make_claim, make_reading, make_report


def total(day: str, number: float, start: str = "2024-01-01") -> Reading:
    text = f"Since {start} {number:g} were killed, the ministry says on {day}."
    report = make_report(text, publisher="Gazette", published=date.fromisoformat(day))
    since = Interval(span=Span(0, 5), words="Since", start=date.fromisoformat(start), precision="period", since=True)
    source = Source(organisation="ministry", type="official")
    claim = make_claim(report, kind="tally", scope="since", time=since, figures=[killed(number)], source=source)
    return make_reading(report, [claim])


def test_reports_that_come_in_one_by_one_imply_what_all_at_once_do(tmp_path: Path) -> None:
    """A report between two others parts the days between them anew; totals since another day are left as they are."""
    told = [total("2024-06-01", 160), total("2024-04-01", 140), total("2024-05-01", 155), total("2024-05-01", 20, "2023-01-01")]
    told.append(total("2024-06-01", 25, "2023-01-01"))
    with open_project(tmp_path, create=True) as project:
        for reading in told:
            project.save([reading])
            imply(project, [reading.report.id])
        assert sorted(one.best or 0 for one in project.implied()) == [5, 5, 15]
        assert tuple(project.implied()) == implied_figures(project.claims("tally"))


def test_doing_it_twice_changes_nothing(tmp_path: Path) -> None:
    told = [total("2024-04-01", 140), total("2024-05-01", 155)]
    with open_project(tmp_path, create=True) as project:
        project.save(told)
        for _ in range(2):
            imply(project, [reading.report.id for reading in told])
        assert len(project.implied()) == 1
