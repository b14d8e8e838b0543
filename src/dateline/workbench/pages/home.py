"""The first screen: what the project holds, what came in, what waits for review, how much was published when."""

from collections.abc import Sequence

from fastapi import APIRouter
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from dateline.queries import Selection
from dateline.queries.home import Week, coverage, holdings
from dateline.workbench.access import MayRead
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import in_sight
from dateline.workbench.rendering import page
from dateline.workbench.waits import waiting_in

router = APIRouter()
WIDTH, HEIGHT = 900, 130
MOST_COLUMNS = 260
"""Weeks up to which each is a column; of a longer time a column is four weeks, or a quarter, or a year."""
WEEKS_A_COLUMN = (1, 4, 13, 52)


class Column(Struct, frozen=True):
    """Some weeks of coverage; y and heights in pixels of the drawing."""

    x: float
    width: float
    height: float
    outlets_y: float
    words: str
    first: str
    last: str


class Coverage(Struct, frozen=True):
    """Reports as columns, outlets as a line over them."""

    columns: tuple[Column, ...]
    line: str
    ticks: tuple[tuple[float, str], ...]
    weeks: int  # of one column
    most_reports: int
    most_outlets: int


@router.get("/")
def home_screen(request: Request, user: MayRead, bench: TheBench) -> Response:
    """Home."""
    project = bench.project
    sight = in_sight(project, user, Selection())
    return page(
        request,
        "home.html.j2",
        held=holdings(project, sight.hidden),
        waiting=waiting_in(project, sight),
        coverage=draw_coverage(coverage(project)),
        may={right: user.may(right) for right in ("review", "add", "export")},
    )


def draw_coverage(weeks: Sequence[Week]) -> Coverage | None:
    """The chart; None where no report has a date.

    The outlets of a column are those of its fullest week: counts of single weeks cannot be added.
    """
    if not weeks:
        return None
    size = next((n for n in WEEKS_A_COLUMN if len(weeks) / n <= MOST_COLUMNS), WEEKS_A_COLUMN[-1] * 10)
    groups = [weeks[start : start + size] for start in range(0, len(weeks), size)]
    counts = [(group, sum(w.reports for w in group), max(w.outlets for w in group)) for group in groups]
    most, most_outlets = max(n for _, n, _ in counts), max(1, max(n for _, _, n in counts))
    step = WIDTH / len(groups)
    columns = [
        Column(
            x=round(n * step, 1),
            width=round(max(0.8, min(26.0, step - 1)), 1),
            height=round((HEIGHT - 10) * reports / most, 1),
            outlets_y=round(HEIGHT - (HEIGHT - 10) * outlets / most_outlets, 1),
            words=f"{_span(group)}: {reports:,} reports, {outlets} outlets",
            first=f"{group[0].monday}",
            last=f"{group[-1].monday}",
        )
        for n, (group, reports, outlets) in enumerate(counts)
    ]
    middle = [(round(c.x + c.width / 2, 1), c.outlets_y) for c in columns]
    return Coverage(
        columns=tuple(columns),
        line="M" + "L".join(f"{x},{y}" for x, y in middle),
        ticks=tuple(_ticks([group[0] for group in groups], step)),
        weeks=size,
        most_reports=most,
        most_outlets=most_outlets,
    )


def _span(group: Sequence[Week]) -> str:
    return f"week of {group[0].monday}" if len(group) == 1 else f"{group[0].monday} to {group[-1].monday}"


def _ticks(weeks: Sequence[Week], step: float) -> list[tuple[float, str]]:
    """The first column of each year, or of each month where there are few."""
    yearly = weeks[0].monday.year < weeks[-1].monday.year - 1
    names = [f"{w.monday:%Y}" if yearly else f"{w.monday:%b %Y}" for w in weeks]
    found: list[tuple[float, str]] = []
    for n, name in enumerate(names):
        if (n == 0 or names[n - 1] != name) and (not found or n * step - found[-1][0] > 64) and n * step < WIDTH - 40:
            found.append((round(n * step, 1), name))
    return found
