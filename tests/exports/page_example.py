"""Three invented reports with their readings and events, as an engine would make them: what the page's tests show."""

from datetime import date
from typing import Any

import msgspec

from dateline.model import (
    ActorRef,
    Claim,
    Contradiction,
    Event,
    EventFigure,
    Figure,
    Interval,
    Kind,
    Link,
    Operation,
    Place,
    PlaceMention,
    PlaceRef,
    Reading,
    Region,
    Report,
    Source,
    Span,
    Unread,
    claim_id,
    event_id,
    report_of,
)

OPERATION = """\
Army closes second phase of Northern Shield

By Rahel Odum in Tessen

Troops killed nine fighters of the Red Dune movement near the town of Sharqat on Tuesday and blew up two
tunnels, Colonel Idris Maan, a spokesman for the Northern Command, told the Tessen News Agency.

In Anbar province, eleven hideouts were found and three rocket launchers were seized during the second phase of
operation Northern Shield, the colonel said. No soldier was wounded.

A local doctor, who asked not to be named, said that as many as fourteen fighters may have died near Sharqat. 🔥

Check Also: Ten recipes for the feast

Highway 80 has been closed since the operation began.
"""

TOTALS = """\
Command counts the year's results

More than 140 fighters of Red Dune have been killed since the start of the year, the Northern Command said in a
statement on 12 July 2023.

On 9 July, a roadside bomb hit a patrol west of Mosul and wounded two policemen, police said. The blast also broke
windows in the hamlet of Qal'at Zir.
"""

ANALYSTS = """\
Is Red Dune finished?

"The movement is in steady decline," said Dr Salma Kordi, a researcher at the Institute for Border Studies.
Hassan Rafiq, a retired general, disagrees: "Their cells are growing in the Hamrin hills and they will strike again before the
winter."

Government troops took the village of Tal Sabah from the movement, a resident said, without giving a day.
"""

SHARQAT = Place(id="sharqat", name="Sharqat", kind="settlement", lat=35.51, lon=43.23, country="IQ", admin1="Salah al-Din")
ANBAR = Place(
    id="anbar", name="Anbar", kind="admin1", lat=32.9, lon=41.6, country="IQ", admin1="Anbar", radius_km=210, geo_precision=3
)
MOSUL = Place(
    id="mosul",
    name="Mosul",
    kind="settlement",
    lat=36.34,
    lon=43.13,
    country="IQ",
    admin1="Nineveh",
    geo_precision=2,
    radius_km=15,
)
HAMRIN = Place(id="hamrin", name="Hamrin", kind="mountain", lat=34.6, lon=44.6, country="IQ", radius_km=60, geo_precision=3)

RED_DUNE = ("Red Dune", "armed_group")
ARMY = ("Army of Tessen", "state_force")


def span(text: str, words: str, nth: int = 0) -> Span:
    """Where `words` stand in `text`, a blank in them standing for any line break; ValueError where they do not."""
    flat = text.replace("\n", " ")
    at = -1
    for _ in range(nth + 1):
        at = flat.index(words, at + 1)
    return Span(at, at + len(words))


def actor(text: str, words: str, who: tuple[str, Any], nth: int = 0) -> ActorRef:
    return ActorRef(name=who[0], kind=who[1], words=words, span=span(text, words, nth))


def place(text: str, words: str, where: Place | None) -> PlaceRef:
    return PlaceRef(words=words, span=span(text, words), place=where)


def figure(text: str, words: str, bounds: tuple[float | None, float | None, float | None], measure: str, counted: str) -> Figure:
    low, best, high = bounds
    return Figure(
        low=low,
        best=best,
        high=high,
        measure=measure,
        object=counted,
        unit=None,
        of=None,
        part_of=None,
        words=words,
        span=span(text, words),
    )


def claim(report: Report, kind: Kind, evidence: str, nth: int = 0, **fields: Any) -> Claim:
    spans = tuple(span(report.text, part) for part in evidence.split(" ... "))
    return Claim(id=claim_id(report.id, kind, spans, nth), report_id=report.id, kind=kind, evidence=spans, **fields)


def exact(count: float) -> tuple[float, float, float]:
    return count, count, count


def operation_reading() -> Reading:
    text = OPERATION
    report = report_of(
        text,
        title="Army closes second phase of Northern Shield",
        publisher="Tessen Times",
        author="Rahel Odum",
        published=date(2023, 7, 13),
        published_from="json_ld",
        url="https://times.example/northern-shield",
        language="en",
    )
    maan = Source(
        speaker="Idris Maan",
        role="spokesman",
        organisation="Northern Command",
        type="military",
        via=("Tessen News Agency",),
        spans=(span(text, "Colonel Idris Maan, a spokesman for the Northern Command, told"),),
    )
    tuesday = Interval(
        span=span(text, "on Tuesday"),
        words="on Tuesday",
        start=date(2023, 7, 11),
        end=date(2023, 7, 11),
        precision="day",
        anchor=date(2023, 7, 13),
        anchor_from="published",
    )
    first = "Troops killed nine fighters of the Red Dune movement near the town of Sharqat on Tuesday"
    operation = Operation("Northern Shield", 2, span(text, "operation Northern Shield"))
    claims = (
        claim(
            report,
            "incident",
            f"{first} ... Army closes second phase of Northern Shield",
            event_type="armed_clash",
            source=maan,
            initiator=(actor(text, "Troops", ARMY),),
            target=(actor(text, "the Red Dune movement", RED_DUNE),),
            time=tuesday,
            places=(place(text, "Sharqat", SHARQAT),),
            figures=(figure(text, "nine fighters", exact(9), "killed", "militant"),),
            summary="Army of Tessen killed nine Red Dune fighters near Sharqat",
        ),
        claim(
            report,
            "incident",
            "and blew up two tunnels",
            event_type="destruction",
            source=maan,
            time=tuesday,
            initiator=(actor(text, "Troops", ARMY),),
            places=(place(text, "Sharqat", SHARQAT),),
            figures=(figure(text, "two tunnels", exact(2), "destroyed", "tunnel"),),
            summary="two tunnels destroyed near Sharqat",
        ),
        claim(
            report,
            "incident",
            "In Anbar province, eleven hideouts were found and three rocket launchers were seized during the second "
            "phase of operation Northern Shield",
            event_type="seizure",
            source=maan,
            operation=operation,
            places=(place(text, "Anbar province", ANBAR),),
            summary="eleven hideouts found, three rocket launchers seized in Anbar",
            figures=(
                figure(text, "eleven hideouts", exact(11), "searched", "hideout"),
                figure(text, "three rocket launchers", exact(3), "seized", "weapon"),
            ),
        ),
        claim(
            report,
            "incident",
            "No soldier was wounded",
            event_type="armed_clash",
            certainty="denied",
            source=maan,
            figures=(figure(text, "No soldier", exact(0), "wounded", "security_force"),),
            summary="no soldier wounded",
        ),
        claim(
            report,
            "incident",
            "as many as fourteen fighters may have died near Sharqat",
            event_type="armed_clash",
            certainty="alleged",
            source=Source(role="doctor", type="anonymous", spans=(span(text, "A local doctor"),)),
            target=(actor(text, "fighters", RED_DUNE, 1),),
            places=(PlaceRef(words="Sharqat", span=span(text, "Sharqat", 1), place=SHARQAT),),
            figures=(figure(text, "as many as fourteen fighters", (None, 14, 14), "killed", "militant"),),
            summary="up to fourteen fighters killed near Sharqat",
        ),
    )
    return Reading(
        report=report,
        claims=claims,
        regions=(
            Region(span(text, "Army closes second phase of Northern Shield"), "headline"),
            Region(span(text, "By Rahel Odum in Tessen"), "byline"),
            Region(span(text, "Check Also: Ten recipes for the feast"), "teaser"),
        ),
        unread=(Unread(span(text, "80"), "name"), Unread(span(text, "Ten"), "unread")),
    )


def totals_reading() -> Reading:
    text = TOTALS
    report = report_of(
        text,
        title="Command counts the year's results",
        publisher="Tessen News Agency",
        published=date(2023, 7, 12),
        published_from="given",
    )
    command = Source(organisation="Northern Command", type="military", spans=(span(text, "the Northern Command said"),))
    claims = (
        claim(
            report,
            "tally",
            "More than 140 fighters of Red Dune have been killed since the start of the year",
            event_type="armed_clash",
            scope="since",
            source=command,
            target=(actor(text, "Red Dune", RED_DUNE),),
            time=Interval(
                span=span(text, "since the start of the year"),
                words="since the start of the year",
                start=date(2023, 1, 1),
                end=date(2023, 7, 12),
                precision="period",
                since=True,
                anchor=date(2023, 7, 12),
                anchor_from="published",
            ),
            figures=(figure(text, "More than 140 fighters", (140, 140, None), "killed", "militant"),),
            summary="more than 140 Red Dune fighters killed since 2023-01-01",
        ),
        claim(
            report,
            "incident",
            "a roadside bomb hit a patrol west of Mosul and wounded two policemen",
            event_type="bombing",
            source=Source(organisation="police", type="police", spans=(span(text, "police said"),)),
            places=(place(text, "Mosul", MOSUL),),
            time=Interval(
                span=span(text, "On 9 July"), words="On 9 July", start=date(2023, 7, 9), end=date(2023, 7, 9), precision="day"
            ),
            figures=(figure(text, "two policemen", exact(2), "wounded", "security_force"),),
            summary="roadside bomb wounded two policemen west of Mosul",
        ),
    )
    hamlet = "Qal'at Zir"
    return Reading(
        report=report,
        claims=claims,
        regions=(Region(span(text, "Command counts the year's results"), "headline"),),
        mentions=(PlaceMention(span=span(text, hamlet), words=hamlet, place=None, use="scene"),),
    )


def analysts_reading() -> Reading:
    text = ANALYSTS
    report = report_of(text, title=None, publisher="Border Review")
    kordi = Source(
        speaker="Salma Kordi",
        role="researcher",
        organisation="Institute for Border Studies",
        type="analyst",
        spans=(span(text, "said Dr Salma Kordi, a researcher at the Institute for Border Studies"),),
    )
    rafiq = Source(
        speaker="Hassan Rafiq",
        role="retired general",
        type="analyst",
        spans=(span(text, "Hassan Rafiq, a retired general, disagrees"),),
    )
    resident = Source(role="resident", type="witness", spans=(span(text, "a resident said"),))
    claims = (
        claim(
            report,
            "assessment",
            "The movement is in steady decline",
            source=kordi,
            stance="falling",
            about="Red Dune",
            summary="Red Dune is in decline",
        ),
        claim(
            report,
            "assessment",
            "Their cells are growing in the Hamrin hills",
            source=rafiq,
            stance="rising",
            about="Red Dune",
            places=(place(text, "Hamrin hills", HAMRIN),),
            summary="cells of Red Dune are growing in the Hamrin hills",
        ),
        claim(
            report,
            "forecast",
            "they will strike again before the winter",
            event_type="other",
            source=rafiq,
            summary="Red Dune will strike again",
            time=Interval(span=span(text, "before the winter"), words="before the winter"),
        ),
        claim(
            report,
            "incident",
            "Government troops took the village of Tal Sabah from the movement",
            event_type="territory_taken",
            source=resident,
            initiator=(actor(text, "Government troops", ARMY),),
            target=(actor(text, "the movement", RED_DUNE),),
            places=(place(text, "Tal Sabah", None),),
            summary="Army of Tessen took Tal Sabah",
            background=True,
        ),
    )
    return Reading(
        report=report,
        claims=claims,
        mentions=(PlaceMention(span=span(text, "Tal Sabah"), words="Tal Sabah", place=None, use="scene"),),
    )


def readings() -> tuple[Reading, ...]:
    return operation_reading(), totals_reading(), analysts_reading()


def events() -> tuple[Event, ...]:
    operation, totals, analysts = readings()
    clash, tunnels, seizure, _, doctor = operation.claims
    bomb, village = totals.claims[1], analysts.claims[3]
    sharqat = (clash.id, doctor.id)
    return (
        Event(
            id=event_id(min(sharqat)),
            claims=sharqat,
            event_type="armed_clash",
            initiator=(ARMY[0],),
            target=(RED_DUNE[0],),
            place=SHARQAT,
            time_start=date(2023, 7, 11),
            time_end=date(2023, 7, 11),
            time_precision=1,
            sources=2,
            lineages=2,
            figures=(
                EventFigure(
                    measure="killed",
                    object="militant",
                    unit=None,
                    of=None,
                    low=9,
                    best=9,
                    high=14,
                    claims=sharqat,
                    rule="the latest figure of the best-placed source (military)",
                ),
            ),
            contradictions=(Contradiction("killed", (("9", (clash.id,)), ("up to 14", (doctor.id,)))),),
            links=(Link(clash.id, 1.0, "first claim"), Link(doctor.id, 0.83, "same place, same target, both report deaths")),
            summary="Army of Tessen killed nine Red Dune fighters near Sharqat",
        ),
        single(
            tunnels,
            place=SHARQAT,
            time_start=date(2023, 7, 11),
            time_end=date(2023, 7, 11),
            time_precision=1,
            initiator=(ARMY[0],),
        ),
        single(
            seizure,
            place=ANBAR,
            time_start=date(2023, 7, 1),
            time_end=date(2023, 7, 13),
            time_precision=4,
            operation="Northern Shield, phase 2",
        ),
        single(bomb, place=MOSUL, time_start=date(2023, 7, 9), time_end=date(2023, 7, 9), time_precision=1),
        single(village, place_words="Tal Sabah", background=True, initiator=(ARMY[0],), target=(RED_DUNE[0],)),
    )


def single(only: Claim, **fields: Any) -> Event:
    """The event of one claim, with its figures."""
    figures = tuple(
        EventFigure(
            measure=f.measure,
            object=f.object,
            unit=f.unit,
            of=f.of,
            low=f.low,
            best=f.best,
            high=f.high,
            rule="the only figure",
            claims=(only.id,),
        )
        for f in only.figures
    )
    return Event(
        id=event_id(only.id),
        claims=(only.id,),
        event_type=only.event_type or "other",
        figures=figures,
        sources=1,
        lineages=1,
        summary=only.summary,
        **fields,
    )


def moved(one: Claim, evidence: Span, nth: int) -> Claim:
    """The same claim at another place of its report."""
    return msgspec.structs.replace(one, id=claim_id(one.report_id, one.kind, (evidence,), nth), evidence=(evidence,))
