"""Filters: what they let through, what they say, and how they refuse."""

from datetime import date
from typing import Any

import pytest

from dateline.errors import FilterError
from dateline.filters import (
    FILTERS,
    condition,
    parse,
    read_day,
    select_claims,
    select_events,
    select_figures,
    sentence,
)  # fmt: skip
from dateline.lexicon.codebook import codebook
from dateline.model import (
    ActorRef,
    Claim,
    ClaimRow,
    Event,
    EventFigure,
    EventRow,
    Figure,
    Interval,
    Place,
    PlaceRef,
    Source,
    Span,
    report_of,
)

HERE = Span(0, 1)
ISIS = ActorRef(name="ISIS", kind="armed_group", words="Daesh", span=HERE)
ARMY = ActorRef(name="Iraqi army", kind="state_force", words="soldiers", span=HERE)
RAWA = Place(id="p1", name="Rawa", kind="settlement", lat=34.5, lon=41.9, country="IQ", admin1="Al-Anbar")
REPORT = report_of("x", publisher="Tigris Wire", title="A raid")


def killed(number: float | None, *, low: float | None = None, object: str = "militant") -> Figure:
    return Figure(
        low=low, best=number, high=None, measure="killed", object=object, unit=None, of=None, part_of=None, words="", span=HERE
    )


def on(first: str, last: str | None = None) -> Interval:
    start = date.fromisoformat(first)
    return Interval(span=HERE, words="", start=start, end=date.fromisoformat(last) if last else start, precision="day")


def row(id: str, **fields: Any) -> ClaimRow:
    fields = {"kind": "incident", "evidence": (HERE,), "report_id": REPORT.id} | fields
    return ClaimRow(Claim(id=id, **fields), REPORT)


ROWS = [
    row("raid", event_type="arrest", initiator=(ARMY,), target=(ISIS,), places=(PlaceRef(words="Rawah", span=HERE, place=RAWA),),
        time=on("2019-11-03"), source=Source(speaker="Maj. Gen. Tahsin al-Khafaji", type="military", via=("Iraqi News Agency",))),
    row("toll", kind="tally", event_type="armed_clash", target=(ISIS,), figures=(killed(155, low=155),), scope="since",
        time=on("2019-01-01", "2019-10-20"), source=Source(type="official")),
    row("plan", kind="forecast", event_type="bombing", initiator=(ISIS,), certainty="alleged"),
    row("past", background=True, certainty="denied", figures=(killed(0, low=0, object="civilian"), killed(None, low=2))),
]  # fmt: skip


def found(*expressions: str) -> list[str]:
    return [r.claim.id for r in select_claims(ROWS, [parse(e) for e in expressions])]


@pytest.mark.parametrize(
    ("expressions", "ids"),
    [
        (["kind=tally"], ["toll"]),
        (["kind=tallys"], ["toll"]),
        (["kind=tally,forecast"], ["toll", "plan"]),
        (["kind!=incident"], ["toll", "plan"]),
        (["actor=isis"], ["raid", "toll", "plan"]),
        (["actor=Daesh"], ["raid", "toll", "plan"]),
        (["actor=the Islamic State"], ["raid", "toll", "plan"]),
        (["initiator=ISIS"], ["plan"]),
        (["target=ISIS", "type=arrest"], ["raid"]),
        (["place=anbar province"], ["raid"]),
        (["place=Rawah"], ["raid"]),
        (["place=IQ"], ["raid"]),
        (["place!=Anbar"], ["toll", "plan", "past"]),
        (["type=armed clash"], ["toll"]),
        (["source=military"], ["raid"]),
        (["speaker=al-Khafaji"], ["raid"]),
        (["speaker=Iraqi News Agency"], ["raid"]),
        (["background=no", "certainty=alleged"], ["plan"]),
        (["since=2019-10"], ["raid", "toll"]),
        (["since=2019-10-21"], ["raid"]),
        (["until=2019"], ["raid", "toll"]),
        (["until=2019-06"], ["toll"]),
        (["killed>=100"], ["toll"]),
        (["killed<=2"], ["past"]),
        (["killed=0"], ["past"]),
        (["object=civilian"], ["past"]),
        (["scope=since"], ["toll"]),
        ([f"report={REPORT.id[:6]}"], ["raid", "toll", "plan", "past"]),
        (["publisher=tigris"], ["raid", "toll", "plan", "past"]),
    ],
)
def test_filters_let_through(expressions: list[str], ids: list[str]) -> None:
    """Each filter finds the claims that a reader would expect, and negation the others."""
    assert found(*expressions) == ids


@pytest.mark.parametrize(
    ("expressions", "said"),
    [
        ([], "claims"),
        (["kind=tally", "actor=ISIS", "place=Anbar", "source=military", "since=2019-10"],
         "tallies about ISIS in Anbar, told by military sources, since October 2019"),
        (["type=air_strike", "certainty=alleged"], "alleged claims of type air strike"),
        (["place!=Anbar", "background=no"], "non-background claims not in Anbar"),
        (["source!=media", "until=2019-10-05"], "claims, not told by media sources, until 5 October 2019"),
        (["killed>=10", "since=2019"], "claims with at least 10 killed, since 2019"),
    ],
)  # fmt: skip
def test_filters_speak(expressions: list[str], said: str) -> None:
    """The sentence above a table says what the filters let through."""
    assert sentence("claims", [parse(e) for e in expressions]) == said


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("kind=rumour", "no kind 'rumour'. Known: incident, tally, assessment, forecast"),
        ("colour=red", "no filter 'colour'. Known: kind, certainty"),
        ("since=October", "'October' is no date. Write 2019, 2019-10 or 2019-10-05"),
        ("since=2019-02-30", "is no date"),
        ("killed>=many", "killed is compared with a number"),
        ("kind>=tally", "kind>= is not possible"),
        ("tally", "'tally' is no filter. Write NAME=VALUE"),
    ],
)
def test_filters_refuse(expression: str, says: str) -> None:
    """What cannot be filtered by is refused with what can."""
    with pytest.raises(FilterError) as refused:
        parse(expression)
    assert says in str(refused.value)


def test_a_value_that_no_report_has_is_refused_with_those_near_it() -> None:
    """A misspelled actor gives an error that names the right one, not an empty table."""
    with pytest.raises(FilterError, match=r"no actor 'ISIIS' in these reports\. Near it: ISIS"):
        found("actor=ISIIS")
    with pytest.raises(FilterError, match=r"no speaker 'Smith' in these reports\. Known: Iraqi News Agency, Maj"):
        found("speaker=Smith")


def test_an_empty_project_has_no_unknown_values() -> None:
    """Where there are no claims at all, a filter gives none and complains of nothing."""
    assert select_claims([], [parse("actor=ISIS")]) == []


def test_figures_meet_their_own_filters() -> None:
    """Of a claim with two figures only the one asked for is shown."""
    assert [f.figure.object for f in select_figures(ROWS, [parse("object=civilian")])] == ["civilian"]
    assert [f.figure.low for f in select_figures(ROWS, [parse("killed>=2")])] == [155, 2]


def test_events_are_found_by_their_own_fields_and_by_their_claims() -> None:
    """Time and type are the event's own; who told it stands in its claims."""
    figure = EventFigure(
        measure="killed", object="militant", unit=None, of=None, low=3, best=0, high=5, rule="", claims=("raid",)
    )
    event = Event(id="e", claims=("raid",), event_type="arrest", time_start=date(2019, 11, 3), figures=(figure,))
    rows = [EventRow(event, (ROWS[0],))]
    for expression in ("type=arrest", "source=military", "since=2019-11", "place=Anbar", "killed=0", "kind=incident"):
        assert select_events(rows, [parse(expression)]) == rows, expression
    for expression in ("type=bombing", "until=2019-10", "killed>=1", "source=police"):
        assert select_events(rows, [parse(expression)]) == [], expression


def test_months_end_on_their_last_day() -> None:
    """`until` a month or year includes all of it."""
    assert read_day("2020-02", last=True) == date(2020, 2, 29)
    assert read_day("2019", last=True) == date(2019, 12, 31)


def test_every_closed_list_accepts_its_own_values() -> None:
    """Every value of every closed list makes a condition, and a sentence that holds it."""
    for name, of in FILTERS.items():
        for value in of.known() if of.known else ():
            said = sentence("claims", [condition(name, value)])
            assert name == "background" or value[:5].split("_")[0] in said or value == "tally"
    assert len(codebook().event_types) == 22
