"""What linking needs to know of an incident claim and its report: small records that outlive the text."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from dateline.events.times import Days, known
from dateline.lexicon.acts import acts
from dateline.lexicon.codebook import ListName, codebook
from dateline.lexicon.load import load
from dateline.model import Claim, Place, Reading, Span, plain_view

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_FULL_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-z'-]+ (?:[A-Z]\. )?[A-Z][a-z'-]+\b")
_CAPITAL = re.compile(r"\b[A-Z][\w'-]+")
_REFERENCES = "the|this|that|these|those"
_OTHERS = "another|second|third|separate|other|similar|different|earlier|previous"
_HEAD = 300  # characters: a headline, a by-line and the first sentence
_HARM = frozenset("killed wounded casualties missing damaged destroyed targeted fired".split())
_TOLLS = frozenset("killed wounded casualties arrested abducted".split())
_PERSONS = frozenset("militant militant_leader supporter civilian security_force prisoner".split())
_GOES_ON_CHARACTERS = 700  # about a paragraph and the next
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
    follows: str | None  # the claim before it whose act it goes on with, where it names no scene of its own
    acts: frozenset[str]  # Dateline's event types that its type stands for: its own, if the project has no other codebook
    tolls: frozenset[str]  # measures of its figures that are tolls of persons
    persons: frozenset[str]  # objects of its figures that are kinds of persons


def incidents_of(reading: Reading) -> tuple[Incident, ...]:
    """The incident claims of a reading; tallies, assessments and forecasts are no events."""
    claims = [claim for claim in reading.claims if claim.kind == "incident"]
    if not claims:
        return ()
    text = reading.report.text
    report = _report_facts(reading)
    around = _distinct(place for claim in claims if not claim.background for place in _places(claim))
    follows = _antecedents(reading.claims, plain_view(text))
    return tuple(_incident(claim, report, around, follows.get(claim.id), text) for claim in claims)


@cache
def _act_behind(words: str) -> re.Pattern[str]:
    """An act's noun behind one of `words`: "the attack", "a second shooting"."""
    return re.compile(rf"\b(?:{words}) (?:\w+ )?(?:{'|'.join(acts().going_back)})\b")


def _antecedents(claims: Sequence[Claim], view: str) -> dict[str, str]:
    """Harm told with neither place nor time of its own ("At least 14 were wounded.") -> the act told just before.

    What was told last with a place or a time is the scene; where that is no news of an act (a total, history, a denial),
    nobody knows which act is meant.  `view` is the plain view of the report's text.
    """
    found: dict[str, str] = {}
    scene: Claim | None = None
    for claim in sorted(claims, key=lambda claim: (claim.evidence[-1], claim.id)):
        if claim.places or claim.time or claim.operation:
            scene = claim
        elif scene and _is_news(scene) and _is_harm(claim) and _goes_on(scene, claim, view):
            found[claim.id] = scene.id
    return found


def _goes_on(scene: Claim, claim: Claim, view: str) -> bool:
    """Soon after the scene, with no words of another act in between ("The second phase ended in May.")."""
    told, last = claim.evidence[0], scene.evidence[-1].end
    return told.start - last <= _GOES_ON_CHARACTERS and not _act_behind(_OTHERS).search(
        view[min(last, told.start) : told.end].lower()
    )


def _is_harm(claim: Claim) -> bool:
    """News of harm done or denied, whatever did it."""
    harm = claim.certainty == "denied" or bool(_standing_for("measures", _HARM, (figure.measure for figure in claim.figures)))
    return harm and claim.kind == "incident" and not claim.background


def _is_news(claim: Claim) -> bool:
    return claim.kind == "incident" and claim.certainty != "denied" and not claim.background


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


def _incident(claim: Claim, report: ReportFacts, around: tuple[Place, ...], follows: str | None, text: str) -> Incident:
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
        refers=bool(_act_behind(_REFERENCES).search(evidence.lower())),
        follows=follows,
        acts=codebook().stands_for("event_types", claim.event_type),
        tolls=_standing_for("measures", _TOLLS, (figure.measure for figure in claim.figures)),
        persons=_standing_for("objects", _PERSONS, (figure.object for figure in claim.figures)),
    )


def _standing_for(of: ListName, meant: frozenset[str], names: Iterable[str]) -> frozenset[str]:
    """Those of the names that stand for one of Dateline's in `meant`, in the codebook in use."""
    return frozenset(name for name in names if not codebook().stands_for(of, name).isdisjoint(meant))


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
