"""A small project to decide about, made without the engine: two reports, four claims; two of them are one event."""

import msgspec

from dateline.model import Claim, Ground, Interval, PlaceRef, Source
from dateline.store import Project
from dateline.testing import killed, make_actor, make_claim, make_place, make_reading, make_report, on, span_of

FIRST = (
    "Rebels killed almost 30 soldiers near Torbal on Monday, the army said. "
    "Police arrested five men and seized two cars in Ostra. Eight villagers were wounded, a doctor said."
)
ALMOST = "almost 30 soldiers"
SECOND = "At least 25 soldiers died in the attack near Torbal on Monday, an officer said. Fifty-one rebels have died this year."


def named(text: str, name: str) -> PlaceRef:
    """A place of the gazetteer, on the words of the text."""
    return PlaceRef(words=name, span=span_of(text, name), place=make_place(name, lat=-4.5 if name == "Torbal" else 9.0))


def on_monday(text: str) -> Interval:
    return msgspec.structs.replace(on("2022-03-07"), span=span_of(text, "on Monday"))


def claims_of_first() -> list[Claim]:
    report = make_report(FIRST, path="a.txt")
    attack = make_claim(
        report,
        evidence=[span_of(FIRST, "Rebels killed almost 30 soldiers near Torbal on Monday, the army said.")],
        initiator=[make_actor("rebels", words="Rebels", span=span_of(FIRST, "Rebels"))],
        places=[named(FIRST, "Torbal")],
        time=on_monday(FIRST),
        figures=[killed(None, "security_force", best=30.0, high=30.0, words=ALMOST, span=span_of(FIRST, ALMOST))],
        source=Source(organisation="army", type="military", spans=(span_of(FIRST, "the army said"),)),
        grounds=[Ground("kind", "head", (span_of(FIRST, "killed"),), 0.6)],
        confidence=0.6,
    )
    raid = make_claim(
        report,
        event_type="arrest",
        evidence=[span_of(FIRST, "Police arrested five men and seized two cars in Ostra.")],
        initiator=[make_actor("police", "police", words="Police", span=span_of(FIRST, "Police"))],
        places=[named(FIRST, "Ostra")],
        figures=[
            killed(5.0, "person", words="five men", span=span_of(FIRST, "five men")),
            killed(2.0, "vehicle", words="two cars", span=span_of(FIRST, "two cars")),
        ],
        confidence=0.9,
    )
    return [attack, raid]


def claims_of_second() -> list[Claim]:
    report = make_report(SECOND, path="b.txt")
    attack = make_claim(
        report,
        evidence=[span_of(SECOND, "At least 25 soldiers died in the attack near Torbal on Monday, an officer said.")],
        places=[named(SECOND, "Torbal")],
        time=on_monday(SECOND),
        figures=[
            killed(25.0, "security_force", high=None, words="At least 25 soldiers", span=span_of(SECOND, "At least 25 soldiers"))
        ],
        confidence=0.8,
    )
    tally = make_claim(
        report,
        kind="tally",
        evidence=[span_of(SECOND, "Fifty-one rebels have died this year.")],
        figures=[killed(51.0, words="Fifty-one rebels", span=span_of(SECOND, "Fifty-one rebels"))],
        confidence=0.7,
    )
    return [attack, tally]


def fill(project: Project) -> None:
    """Keep both reports with their claims, linked."""
    from dateline.runners.linking import link_project

    project.save(
        [
            make_reading(make_report(FIRST, path="a.txt"), claims_of_first()),
            make_reading(make_report(SECOND, path="b.txt"), claims_of_second()),
        ]
    )
    link_project(project)
