"""What linking needs to know of an incident claim and its report: small records that outlive the text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from dateline.events.places import specificity
from dateline.events.signs import Signs, ages_in, names_in, signs_of
from dateline.events.times import Days, known
from dateline.lexicon.acts import acts
from dateline.lexicon.codebook import ListName, codebook
from dateline.model import ActorRef, Claim, Figure, Place, PlaceMention, Reading, Span, plain_view

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CAPITAL = re.compile(r"\b[A-Z][\w'-]+")
_REFERENCES = "the|this|that|these|those"
_OTHERS = "another|second|third|separate|other|similar|different|earlier|previous"
_HEAD = 300  # characters: a headline, a by-line and the first sentence
_HARM = frozenset("killed wounded casualties missing damaged destroyed targeted fired".split())
_HURT = frozenset("killed wounded casualties".split())
_VIOLENT = frozenset("attack_on_civilians suicide_bombing bombing air_strike shelling armed_clash riot sexual_violence".split())
_TOLLS = frozenset("killed wounded casualties arrested abducted".split())
_PERSONS = frozenset("militant militant_leader supporter civilian security_force prisoner".split())
_GOES_ON_CHARACTERS = 700  # about a paragraph and the next
VERSION = 7  # of these facts and of the rules of comparing and clustering; a project linked by another is linked anew
_MOST_NAMED, _DISTRICT = 3, 2
_SHORT_WORD = 4  # letters; shorter words tell little


class ReportFacts(NamedTuple):
    """A report, as far as its claims' links depend on it."""

    id: str
    published: date | None
    publisher: str | None
    head: frozenset[str]  # words with a capital in its title and first lines, in lower case: where a dateline stands
    places: tuple[Place, ...]  # towns and districts that it names most, the most first: where its claims name none
    signs: Signs  # of the whole report: by them two reports of one act are told from two that look alike

    @property
    def names(self) -> frozenset[str]:
        """Of persons who do not speak ("ann okoro"): spokesmen stand in many reports, victims in those of one act."""
        return self.signs.persons


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
    another: bool  # it speaks of "a second blast", "an earlier raid", "the first, near the palace, ...": none told before
    follows: str | None  # the claim before it whose act it goes on with, where it names no scene of its own
    acts: frozenset[str]  # Dateline's event types that its type stands for; its own where it stands for none
    tolls: frozenset[str]  # measures of its figures that are tolls of persons
    persons: frozenset[str]  # objects of its figures that are kinds of persons
    order: int  # of the incidents of its report, in the order of the text
    names: frozenset[str]  # words with a capital in its evidence that name neither place nor party
    ages: frozenset[int]  # in its evidence
    harm: bool  # it tells of harm done to persons or things
    scene: "Scene | None" = None  # the act that it tells of, with the other claims of its report (scenes.with_scenes)


class Scene(NamedTuple):
    """One act as one report tells it: the fields of all its claims together.  Shared by those claims."""

    first: str  # claim id
    main: bool  # what the report is about
    background: bool
    denied: bool
    acts: frozenset[str]
    days: Days | None
    operation: str | None
    phase: int | None
    places: tuple[Place, ...]  # those of the claims that name the fewest: the narrowest scene
    place_words: frozenset[str]
    sites: frozenset[str]  # words for places within a town
    unplaced: bool  # it names a place that the gazetteer does not hold
    around: tuple[Place, ...]
    initiators: frozenset[str]
    targets: frozenset[str]
    initiator: tuple[ActorRef, ...]
    target: tuple[ActorRef, ...]
    figures: tuple[Figure, ...]
    tolls: frozenset[str]
    persons: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]


def facts_of(reading: Reading) -> tuple[Incident, ...]:
    """The incident claims of a reading, in the order of the text; tallies, assessments and forecasts are no events."""
    claims = [claim for claim in reading.claims if claim.kind == "incident"]
    if not claims:
        return ()
    text = reading.report.text
    report = _report_facts(reading)
    around = _distinct(place for claim in claims if not claim.background for place in _places(claim))
    follows = _antecedents(reading.claims, plain_view(text))
    ordered = sorted(claims, key=lambda claim: (claim.evidence[0], claim.id))
    return tuple(_incident(claim, report, around, follows.get(claim.id), text, n) for n, claim in enumerate(ordered))


@cache
def _act_behind(words: str) -> re.Pattern[str]:
    """An act's noun behind one of `words`: "the attack", "a second shooting"."""
    return re.compile(rf"\b(?:{words}) (?:\w+ )?(?:{'|'.join(acts().going_back)})\b")


@cache
def _another_act() -> re.Pattern[str]:
    """An act set against one told before.  "The second such blast in a week" is the one told before."""
    acts_of_its_own = r"another|other|an? (?:second|third|separate|different|similar|earlier|previous)|(?:earlier|previous)"
    alone = "the (?:first|second|third|other|earlier|former)|another"
    told = rf"\b(?:{acts_of_its_own}) (?:\w+ )?(?:{'|'.join(acts().going_back)})\b"
    return re.compile(
        rf"{told}|(?:^|[;,.] |\b(?:while|and|but) )(?:{alone})(?=, | (?:killed|hit|struck|targeted|left|wounded)\b)"
    )


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
    between = view[min(last, told.start) : told.end].lower()
    another = _act_behind(_OTHERS).search(between) or _another_act().search(between)
    return told.start - last <= _GOES_ON_CHARACTERS and not another


def _is_harm(claim: Claim) -> bool:
    """News of harm done or denied, whatever did it."""
    harm = claim.certainty == "denied" or bool(_standing_for("measures", _HARM, (figure.measure for figure in claim.figures)))
    return harm and claim.kind == "incident" and not claim.background


def _is_violent(claim: Claim) -> bool:
    """Persons killed or hurt, or an act of the kind that does so."""
    hurt = _standing_for("measures", _HURT, (figure.measure for figure in claim.figures))
    return bool(hurt) or not codebook().stands_for("event_types", claim.event_type).isdisjoint(_VIOLENT)


def _is_news(claim: Claim) -> bool:
    return claim.kind == "incident" and claim.certainty != "denied" and not claim.background


def _report_facts(reading: Reading) -> ReportFacts:
    report = reading.report
    head = f"{report.title or ''} {report.text[:_HEAD]}"
    return ReportFacts(
        report.id,
        report.published,
        report.publisher,
        frozenset(word.lower() for word in _CAPITAL.findall(plain_view(head))),
        _most_named(reading),
        signs_of(reading),
    )


def _most_named(reading: Reading) -> tuple[Place, ...]:
    """The towns and districts that a report names most, of equals the first."""
    named = [m.place for m in reading.mentions if isinstance(m, PlaceMention) and m.place and specificity(m.place) >= _DISTRICT]
    count = Counter(place.id for place in named)
    return tuple(sorted(_distinct(named), key=lambda place: -count[place.id])[:_MOST_NAMED])


def _incident(
    claim: Claim, report: ReportFacts, around: tuple[Place, ...], follows: str | None, text: str, order: int
) -> Incident:
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
        another=bool(_another_act().search(evidence.lower())),
        follows=follows,
        acts=codebook().stands_for("event_types", claim.event_type) or frozenset({claim.event_type or "other"}),
        tolls=_standing_for("measures", _TOLLS, (figure.measure for figure in claim.figures)),
        persons=_standing_for("objects", _PERSONS, (figure.object for figure in claim.figures)),
        order=order,
        names=names_in(evidence, claim),
        ages=ages_in(evidence),
        harm=claim.certainty != "denied" and _is_violent(claim),
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
