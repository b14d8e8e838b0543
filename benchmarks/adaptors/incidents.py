"""`incidents`: events as templates with roles, in the categories of MUC-3/4 (mappings/muc.yaml)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.mapping import load
from adaptors.task import Task
from dateline.events import link_events
from dateline.model import ActorRef, Claim, Event, PlaceMention, Reading, plain_view

Template = dict[str, Any]


class Mapping(Struct, frozen=True):
    """The file mappings/muc.yaml."""

    types: dict[str, str]
    narrower: dict[str, list[str]]
    fighters: frozenset[str]
    bystanders: frozenset[str]
    bodies: list[str]
    members: list[str]
    targets: frozenset[str]
    weapons: list[str]
    countries: dict[str, str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("muc", Mapping)


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", " +") for w in longest) + r")\b")


def templates_of(reading: Reading, events: Sequence[Event]) -> list[Template]:
    """One template for each event that is an incident there."""
    by_id = {claim.id: claim for claim in reading.claims}
    country = main_country(reading)
    made = (template(event, [by_id[c] for c in event.claims if c in by_id], reading.report.text, country) for event in events)
    return [t for t in made if t is not None]


def template(event: Event, claims: Sequence[Claim], text: str, country: str | None) -> Template | None:
    """The event's template; None where it is no incident there."""
    kind = mapping().types.get(event.event_type)
    claims = [c for c in claims if c.certainty != "denied"]
    if kind is None or not claims or only_fighters(claims):
        return None
    said = " … ".join(plain_view(text)[s.start : s.end].lower() for c in claims for s in c.evidence)
    individuals, organisations = perpetrators(a for c in claims for a in c.initiator)
    return {
        "incident_type": narrowed(kind, said),
        "location": location(claims, country),
        "perp_individual": individuals,
        "perp_org": organisations,
        "phys_target": physical_targets(claims, text),
        "victim": fillers(a.words for c in claims for a in c.target if a.by == "name" and a.kind == "unknown"),
        "weapon": [[w] for w in dict.fromkeys(found.group() for found in pattern(tuple(mapping().weapons)).finditer(said))],
    }


def only_fighters(claims: Sequence[Claim]) -> bool:
    """Whether armed sides fought each other and hit nobody and nothing else."""
    sides = [a.kind for c in claims for a in (*c.initiator, *c.target)]
    things = any(f.object in mapping().targets for c in claims for f in c.figures)
    fought = all(c.event_type == "armed_clash" for c in claims)
    return fought and not things and any(c.target for c in claims) and all(kind in mapping().fighters for kind in sides)


def narrowed(kind: str, said: str) -> str:
    """The narrower type that the words say, where the event is an attack."""
    if kind != "ATTACK":
        return kind
    return next((narrow for narrow, words in mapping().narrower.items() if pattern(tuple(words)).search(said)), kind)


def perpetrators(actors: Iterable[ActorRef]) -> tuple[list[list[str]], list[list[str]]]:
    """Individuals and organisations: "FMLN guerrillas" are the one, and "FMLN" is the other."""
    individuals: list[str] = []
    organisations: list[str] = []
    for actor in actors:
        words = " ".join(actor.words.split())
        if actor.kind in mapping().bystanders:
            continue
        if actor.by == "name":
            organisation = re.sub(rf"(?: +(?:{'|'.join(mapping().members)}))+$", "", words, flags=re.IGNORECASE)
            organisations.append(organisation)
            individuals += [words] if organisation != words else []
        else:
            body = any(words.lower().endswith(ending) for ending in mapping().bodies)
            (organisations if body else individuals).append(words)
    return fillers(individuals), fillers(organisations)


def fillers(words: Iterable[str]) -> list[list[str]]:
    """Each name once (one mention is enough for the scorer, and safest)."""
    return [[name] for name in dict.fromkeys(words)]


def physical_targets(claims: Sequence[Claim], text: str) -> list[list[str]]:
    """What was hit, as the words of its figure without the number."""
    found = (
        f
        for c in claims
        for f in c.figures
        if f.object in mapping().targets and f.measure in {"destroyed", "damaged", "targeted"}
    )
    nouns = (re.sub(r"^(?:at least|about|some|more than)? *\S+ +", "", plain_view(f.words), flags=re.IGNORECASE) for f in found)
    return [[noun] for noun in dict.fromkeys(nouns) if noun]


def location(claims: Sequence[Claim], country: str | None) -> list[str]:
    """The names of the places, and of the countries that they are in (where none is known, the report's country)."""
    places = [p for c in claims for p in c.places]
    names = [" ".join(p.words.split()) for p in places]
    names += [p.place.admin1 for p in places if p.place and p.place.admin1]
    countries = [mapping().countries[p.place.country] for p in places if p.place and p.place.country in mapping().countries]
    return list(dict.fromkeys([*names, *(countries or ([country] if country else []))]))


def main_country(reading: Reading) -> str | None:
    """The country that most places of the report are in, the first named among equals."""
    codes = (m.place.country for m in reading.mentions if isinstance(m, PlaceMention) and m.place and m.place.country)
    known = Counter(mapping().countries[code] for code in codes if code in mapping().countries)
    return known.most_common(1)[0][0] if known else None


def answer(document: Document) -> dict[str, Any]:
    """The templates of one document."""
    reading = document.read()
    return {"id": document.id, "templates": templates_of(reading, link_events([reading]))}


TASK = Task("incidents", answer)
