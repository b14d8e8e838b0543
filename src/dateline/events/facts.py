"""What linking needs to know of an incident claim and its report: small records that outlive the text."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from dateline.events.times import Days, known
from dateline.lexicon.load import load
from dateline.model import Claim, Place, Reading, Span, plain_view

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_FULL_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z'-]+ (?:[A-Z]\. )?[A-Z][a-z'-]+\b")
_CAPITAL = re.compile(r"\b[A-Z][\w'-]+")
_REFERENCE = re.compile(
    r"\b(?:the|this|that|these|those) (?:\w+ )?(?:attacks?|shootings?|blasts?|explosions?|bombings?|operations?|raids?|strikes?"
    r"|airstrikes?|incidents?|clash(?:es)?|assaults?|ambush|killings?|fighting|offensive|battle|arrests?|massacre|kidnapping|abduction)\b"
)
_HEAD = 300  # characters: a headline, a by-line and the first sentence
_SHORT_WORD = 4  # letters; shorter words tell little
_SAMPLE = 4  # one in so many shingles is kept: enough to compare reports, little enough to keep for all
_SHINGLE = 5  # words


class ReportFacts(NamedTuple):
    """A report, as far as its claims' links depend on it."""

    id: str
    published: date | None
    publisher: str | None
    shingles: frozenset[int]  # a sample of the hashes of all runs of five words
    names: frozenset[str]  # of persons in the text who do not speak ("Ann Okoro"): reports of one act often share them
    head: frozenset[str]  # words with a capital in its title and first lines, in lower case: where a dateline stands


class Incident(NamedTuple):
    """An incident claim with what it is compared by, worked out once: an incident is compared with many."""

    claim: Claim
    report: ReportFacts
    # By report and place in the text: the order of everything here, whatever order the readings came in.
    key: tuple[str, Span, str]
    days: Days | None  # those that its time names
    operation: str | None  # the name, in lower case
    places: tuple[Place, ...]  # those with coordinates
    place_words: frozenset[str]  # in lower case
    around: tuple[Place, ...]  # where it names none: the places of the report's other incidents
    initiators: frozenset[str]  # names
    targets: frozenset[str]
    words: frozenset[str]  # of its evidence
    refers: bool  # its evidence speaks of "the attack", "this operation": one that was told before


def incidents_of(reading: Reading) -> tuple[Incident, ...]:
    """The incident claims of a reading; tallies, assessments and forecasts are no events."""
    claims = [claim for claim in reading.claims if claim.kind == "incident"]
    if not claims:
        return ()
    text = reading.report.text
    report = _report_facts(reading)
    around = _distinct(place for claim in claims if not claim.background for place in _places(claim))
    return tuple(_incident(claim, report, around, text) for claim in claims)


def _report_facts(reading: Reading) -> ReportFacts:
    report = reading.report
    head = f"{report.title or ''} {report.text[:_HEAD]}"
    return ReportFacts(
        report.id,
        report.published,
        report.publisher,
        _shingles(report.text),
        _persons(reading),
        frozenset(word.lower() for word in _CAPITAL.findall(plain_view(head))),
    )


def _persons(reading: Reading) -> frozenset[str]:
    """Names of persons who do not speak: spokesmen stand in many reports, victims and suspects in those of one act."""
    speaking = {word for claim in reading.claims for word in (claim.source.speaker or "").split()}
    found = (" ".join(name.split()) for name in _FULL_NAME.findall(plain_view(reading.report.text)))
    return frozenset(n for n in found if _not_of_persons().isdisjoint(n.lower().split()) and speaking.isdisjoint(n.split()))


@cache
def _not_of_persons() -> frozenset[str]:
    return load("en/full_names.yaml", dict[str, frozenset[str]])["not_of_persons"]


def _incident(claim: Claim, report: ReportFacts, around: tuple[Place, ...], text: str) -> Incident:
    view = plain_view(text)
    evidence = " ".join(span.of(view) for span in claim.evidence)
    return Incident(
        claim=claim,
        report=report,
        key=(claim.report_id, claim.evidence[0], claim.id),
        days=known(claim.time),
        operation=claim.operation.name.lower() if claim.operation else None,
        places=_places(claim),
        place_words=frozenset(plain(ref.words) for ref in claim.places),
        around=() if claim.places else around,
        initiators=frozenset(ref.name for ref in claim.initiator),
        targets=frozenset(ref.name for ref in claim.target),
        words=frozenset(word.lower() for word in _WORD.findall(evidence) if len(word) >= _SHORT_WORD),
        refers=bool(_REFERENCE.search(evidence.lower())),
    )


def plain(words: str) -> str:
    """Words as compared."""
    return " ".join(words.lower().split())


def _places(claim: Claim) -> tuple[Place, ...]:
    return _distinct(ref.place for ref in claim.places if ref.place)


def _distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple({place.id: place for place in places}.values())


def _shingles(text: str) -> frozenset[int]:
    words = _WORD.findall(plain_view(text).lower())
    runs = (" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1)))
    hashes = (int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest()) for run in runs)
    return frozenset(h for h in hashes if h % _SAMPLE == 0)
