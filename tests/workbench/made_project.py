"""A small made project: what the workbench's tests show.  All of it is invented."""

from datetime import date
from typing import Any

import msgspec

from dateline.model import (
    Claim,
    Interval,
    PlaceRef,
    Quantity,
    QuantityMention,
    Reading,
    Region,
    Report,
    Sentence,
    Source,
    Span,
    Unread,
)
from dateline.testing import killed, make_actor, make_claim, make_figure, make_place, make_report, on, span_of

WIRE = """\
Army says nine fighters killed near Torbal

Army troops killed nine fighters of the Red Dune movement near Torbal on Monday and blew up two tunnels, Colonel Idris Maan,
a spokesman for the Northern Command, said.

A local doctor said that as many as fourteen fighters may have died. Highway 80 was closed.

More than 140 fighters have been killed since the start of the year, the command said.
"""
PAPER = """\
Clashes at Torbal

Twelve Red Dune fighters were killed in fighting near Torbal on Monday, residents said. The hamlet of Qal'at Zir was shelled.

"They will attack again before the winter," said Dr Salma Kordi, a researcher.
"""
HOSTILE = """\
A witness was e\u202evil\u202c and <script>alert(1)</script> stayed

Three men were killed in <b>Torbal</b> on Tuesday, =HYPERLINK("http://evil.example") said.
"""


def readings() -> list[Reading]:
    """Three reports: an agency's, a newspaper's on the same clash, and one that means harm."""
    return [wire(), paper(), hostile()]


def wire() -> Reading:
    report = make_report(
        WIRE, title="Army says nine fighters killed near Torbal", publisher="Tessen News", published=date(2023, 7, 11)
    )
    red_dune = make_actor("Red Dune", words="Red Dune movement", span=span_of(WIRE, "Red Dune movement"))
    army = make_actor("Army of Tessen", "state_force", words="Army troops", span=span_of(WIRE, "Army troops"))
    colonel = Source(
        speaker="Idris Maan", role="spokesman", organisation="Northern Command", type="military", via=("Tessen News",),
        spans=(span_of(WIRE, "Colonel Idris Maan"),), rule="speaker",
    )  # fmt: skip
    clash = make_claim(
        report, evidence=[_sentence(WIRE, "Army troops", "two tunnels")], initiator=[army], target=[red_dune],
        places=[_place(WIRE, "Torbal")], time=_on(WIRE, "on Monday", "2023-07-10"),
        figures=[
            killed(9, words="nine fighters", span=span_of(WIRE, "nine fighters"), of="Red Dune", rule="count"),
            make_figure(2, "destroyed", "tunnel", words="two tunnels", span=span_of(WIRE, "two tunnels")),
        ],
        source=colonel, summary="Army of Tessen killed nine Red Dune fighters near Torbal", confidence=0.91,
    )  # fmt: skip
    doubt = make_claim(
        report, evidence=[_sentence(WIRE, "A local doctor", "have died")], certainty="alleged", target=[red_dune],
        figures=[killed(14, words="fourteen fighters", span=span_of(WIRE, "fourteen fighters"), low=None)],
        places=[_place(WIRE, "Torbal")], time=_on(WIRE, "on Monday", "2023-07-10"),
        summary="as many as 14 fighters may have died", confidence=0.42,
    )  # fmt: skip
    total = make_claim(
        report, kind="tally", scope="since", evidence=[_sentence(WIRE, "More than 140", "said")], target=[red_dune],
        figures=[killed(140, high=None, words="More than 140 fighters", span=span_of(WIRE, "More than 140 fighters"))],
        summary="more than 140 fighters killed since the start of the year", confidence=0.77,
    )  # fmt: skip
    return _reading(
        report, [clash, doubt, total], unread=(Unread(span_of(WIRE, "80"), "name"),), mentions=_numbers(WIRE, NUMBERS)
    )


NUMBERS: dict[str, float] = {"nine fighters of": 9, "two tunnels": 2, "fourteen fighters": 14, "More than 140 fighters": 140}


def _numbers(text: str, numbers: dict[str, float]) -> tuple[QuantityMention, ...]:
    """What the engine sees of numbers."""
    found = []
    for words, number in numbers.items():
        span = span_of(text, words.removesuffix(" of"))
        quantity = Quantity(span=span, number=span, noun=None, low=number, best=number, high=number, object=None)
        found.append(QuantityMention(span=span, quantity=quantity))
    return tuple(found)


def paper() -> Reading:
    report = make_report(PAPER, title="Clashes at Torbal", publisher="The Courier", published=date(2023, 7, 12))
    red_dune = make_actor("Red Dune", words="Red Dune fighters", span=span_of(PAPER, "Red Dune fighters"))
    clash = make_claim(
        report, evidence=[_sentence(PAPER, "Twelve Red Dune", "residents said")], target=[red_dune],
        places=[_place(PAPER, "Torbal", at="near Torbal")], time=_on(PAPER, "on Monday", "2023-07-10"),
        figures=[killed(12, words="Twelve", span=span_of(PAPER, "Twelve"), of="Red Dune")],
        source=Source(type="witness", organisation="residents", spans=(span_of(PAPER, "residents"),)),
        summary="12 Red Dune fighters killed near Torbal", confidence=0.83,
    )  # fmt: skip
    forecast = make_claim(
        report, kind="forecast", event_type="attack_on_civilians", initiator=[red_dune],
        evidence=[_sentence(PAPER, "They will attack", "winter")],
        source=Source(speaker="Salma Kordi", role="researcher", type="analyst", spans=(span_of(PAPER, "Dr Salma Kordi"),)),
        summary="Red Dune will attack again before the winter", confidence=0.66,
    )  # fmt: skip
    return _reading(report, [clash, forecast])


def hostile() -> Reading:
    report = make_report(HOSTILE, title='<img src=x onerror="alert(1)">', publisher="=1+1", published=date(2023, 7, 13))
    claim = make_claim(
        report, evidence=[_sentence(HOSTILE, "Three men", "Tuesday")], event_type="attack_on_civilians",
        figures=[killed(3, "civilian", words="Three", span=span_of(HOSTILE, "Three"))],
        summary="3 men killed <script>alert(2)</script>", confidence=0.5,
    )  # fmt: skip
    return _reading(report, [claim])


def _reading(report: Report, claims: list[Claim], **known: Any) -> Reading:
    text, at = report.text, 0
    sentences = []
    for n, block in enumerate(text.split("\n\n")):
        sentences.append(Sentence(span=Span(at, at + len(block)), region="headline" if n == 0 else "body", paragraph=n))
        at += len(block) + 2
    regions = (Region(sentences[0].span, "headline"), Region(Span(sentences[1].span.start, len(text)), "body"))
    return Reading(report=report, claims=tuple(claims), regions=regions, sentences=tuple(sentences), **known)


def _sentence(text: str, first: str, last: str) -> Span:
    """From the first words to the next place where the last ones end."""
    start = text.index(first)
    return Span(start, text.index(last, start) + len(last))


def _place(text: str, name: str, at: str | None = None) -> PlaceRef:
    start = text.index(f"near {name}" if at is None else at) + len("near ")
    return PlaceRef(words=name, span=Span(start, start + len(name)), place=make_place(name))


def _on(text: str, words: str, day: str) -> Interval:
    return msgspec.structs.replace(on(day, words), span=span_of(text, words))
