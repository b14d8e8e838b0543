#!/usr/bin/env python3
"""A big made-up project, and how fast the workbench shows it.

    python benchmarks/big_project.py make DIR [--events 100000] [--seed 1]
    python benchmarks/big_project.py measure DIR [--rounds 20] [--analysts 2] [--reviewing]

`make` writes records straight into the tables, in the shape of real ones: reports of some claims each, events of one to many
claims, dates over twelve years with months of much and little, real places of eleven countries, and sources, sides and
figures that vary.  The same seed gives the same project.  `measure` asks a workbench over it for each screen and prints the
median and the 95th percentile of the times, over the requests that a person's filters, searches and moves of the map make.
With `--reviewing` each page is asked for right after a decision, which makes all that the workbench had worked out an old
answer.  Exit status 1 where one is above a second.
"""

import argparse
import html
import random
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, NamedTuple

from dateline.gazetteer.data import current
from dateline.gazetteer.record import place_of
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
    Place,
    PlaceRef,
    Reading,
    Region,
    Sentence,
    Source,
    Span,
    claim_id,
    event_id,
    report_of,
)
from dateline.model.actor import ActorKind
from dateline.model.codebook import SourceType
from dateline.store import Project, open_project
from dateline.store.insert import insert_rows
from dateline.store.rows import Coder, event_rows

COUNTRIES = {"IQ": 9, "SY": 8, "AF": 7, "YE": 6, "NG": 5, "ML": 4, "SD": 4, "UA": 4, "CO": 2, "MM": 2, "SO": 3}
TOWNS = 260  # of a country, at most
FIRST_DAY, YEARS = date(2012, 1, 1), 12
CLAIMS_AN_EVENT = (46, 22, 12, 7, 4, 3, 2, 1, 1, 1, 0.5, 0.5)  # weights of 1, 2, 3, ... claims: 2.5 on average
OTHERS = 0.2  # tallies, assessments and forecasts for each incident claim
CLAIMS_A_REPORT = 5
BATCH = 400  # reports in a transaction

TYPES = {
    "armed_clash": 22, "arrest": 16, "air_strike": 14, "bombing": 12, "shelling": 12, "attack_on_civilians": 10, "seizure": 5,
    "abduction": 3, "destruction": 3, "territory_taken": 2, "displacement": 1,
}  # fmt: skip
MEASURES = {
    "arrest": "arrested",
    "seizure": "seized",
    "destruction": "destroyed",
    "abduction": "abducted",
    "displacement": "displaced",
}
OBJECTS = {
    "arrest": "militant",
    "seizure": "weapon",
    "destruction": "hideout",
    "abduction": "civilian",
    "displacement": "civilian",
}
SIDES: tuple[tuple[str, str, ActorKind], ...] = (
    ("Iraqi army", "troops", "state_force"), ("ISIS", "Daesh", "armed_group"), ("ISIS", "the organisation", "armed_group"),
    ("Syrian army", "government forces", "state_force"), ("Taliban", "insurgents", "armed_group"),
    ("police", "police", "police"),
    ("Houthis", "Houthi fighters", "armed_group"),
    ("Boko Haram", "gunmen", "armed_group"), ("civilians", "residents", "civilians"),
    ("international coalition", "coalition aircraft", "coalition"), ("Malian army", "soldiers", "state_force"),
    ("al-Shabaab", "militants", "armed_group"), ("Russian forces", "Russian troops", "state_force"),
    ("JNIM", "jihadists", "armed_group"),
)  # fmt: skip
SOURCE_TYPES: tuple[SourceType, ...] = ("military", "official", "media", "police", "witness", "ngo", "anonymous", "armed_group")
GIVEN = ("Yahya", "Omar", "Samuel", "Aisha", "Ivan", "Fatou", "Jorge", "Mariam", "Ko", "Layla", "Musa", "Olena")
FAMILY = (
    "Rasool",
    "al-Hamdani",
    "Okafor",
    "Diarra",
    "Kovalenko",
    "Rojas",
    "Noorzai",
    "Saleh",
    "Win",
    "Hassan",
    "Keita",
    "Haidari",
)
FILLER = (
    "Roads into the district were closed for most of the day, and shops opened late.",
    "Officials did not say how long the measures would last.",
    "It was the third such incident in a week, people in the area said.",
    "Hospitals asked for blood donors; two schools stayed shut.",
)


class Happening(NamedTuple):
    """What an event is about; its claims tell it, each in its own way."""

    day: date
    type: str
    place: Place
    sides: tuple[int, int]
    number: int
    claims: int


def make(folder: Path, *, events: int, seed: int) -> None:
    """Make the project.  The folder must not hold one."""
    chance = random.Random(seed)
    happenings = _happenings(chance, events)
    told = _told(chance, happenings)
    members: dict[int, list[tuple[str, float]]] = {}
    with open_project(folder, create=True) as project:
        if project.known():
            sys.exit(f"{folder} holds a project already")
        readings = _readings(chance, happenings, told, members)
        done = 0
        while some := list(islice(readings, BATCH)):
            done += project.save(some, coder=Coder("made", "1"))
            _say(f"{done:,} reports")
        _save_events(project, chance, happenings, members)
    _say("done\n")


def _happenings(chance: random.Random, count: int) -> list[Happening]:
    places = _places()
    days = _days(chance, count)
    return [
        Happening(
            day=day,
            type=chance.choices(list(TYPES), list(TYPES.values()))[0],
            place=_near_the_top(chance, places[chance.choices(list(COUNTRIES), list(COUNTRIES.values()))[0]]),
            sides=(chance.randrange(len(SIDES)), chance.randrange(len(SIDES))),
            number=min(400, int(chance.paretovariate(1.1))),
            claims=chance.choices(range(1, len(CLAIMS_AN_EVENT) + 1), CLAIMS_AN_EVENT)[0],
        )
        for day in days
    ]


@cache
def _places() -> dict[str, list[Place]]:
    """The provinces and the largest towns of each country, the places that reports name most first."""
    found: dict[str, list[Place]] = {}
    entries = [entry for entry in current().each("admin1", "settlement") if entry.country in COUNTRIES]
    for country in COUNTRIES:
        mine = [entry for entry in entries if entry.country == country]
        provinces = sorted((e for e in mine if e.kind == "admin1"), key=lambda e: e.id)
        towns = sorted((e for e in mine if e.kind == "settlement"), key=lambda e: (-e.population, e.id))[:TOWNS]
        mixed = [*((n, e.id, e) for n, e in enumerate(towns)), *((8 * n + 3, e.id, e) for n, e in enumerate(provinces))]
        found[country] = [place_of(entry) for _, _, entry in sorted(mixed)]
    return found


def _near_the_top(chance: random.Random, places: Sequence[Place]) -> Place:
    return places[min(len(places) - 1, int(chance.expovariate(6 / len(places))))]


def _days(chance: random.Random, count: int) -> list[date]:
    """Days in order; a month may see five times as much as the one before it."""
    months = [chance.uniform(0.4, 2) * (4 if chance.random() < 0.1 else 1) for _ in range(12 * YEARS)]
    steps = list(accumulate(months))
    picked = (chance.choices(range(len(steps)), cum_weights=steps)[0] for _ in range(count))
    return sorted(FIRST_DAY + timedelta(days=int(month * 365.25 / 12) + chance.randrange(30)) for month in picked)


def _told(chance: random.Random, happenings: Sequence[Happening]) -> list[tuple[date, int]]:
    """The day on which each claim is told, and its happening (-1: it is no incident), in order of the days."""
    told = [
        (h.day + timedelta(days=min(20, int(chance.expovariate(0.7)))), n)
        for n, h in enumerate(happenings)
        for _ in range(h.claims)
    ]
    told += [(chance.choice(told)[0], -1) for _ in range(int(len(told) * OTHERS))]
    chance.shuffle(told)
    return sorted(told, key=lambda pair: pair[0])


def _readings(
    chance: random.Random,
    happenings: Sequence[Happening],
    told: Sequence[tuple[date, int]],
    members: dict[int, list[tuple[str, float]]],
) -> Iterator[Reading]:
    """The reports; `members` takes the claims of each happening."""
    outlets = [f"{town} {kind}" for town in ("Tigris", "Levant", "Sahel", "Dnipro", "Andes", "Gulf", "Horn", "Niger") for kind in
               ("Wire", "Post", "Press Agency", "Monitor", "Tribune", "Radio")]  # fmt: skip
    places = _places()
    for start in range(0, len(told), CLAIMS_A_REPORT):
        some = told[start : start + CLAIMS_A_REPORT]
        drafts = [_draft(chance, happenings[n] if n >= 0 else None, day, places) for day, n in some]
        filled = [f"{draft.text} {chance.choice(FILLER)}" for draft in drafts]
        starts = [0, *accumulate(len(one) + 2 for one in filled)]
        publisher = outlets[min(len(outlets) - 1, int(chance.expovariate(0.1)))]
        title = f"{drafts[0].title} ({start // CLAIMS_A_REPORT})"
        report = report_of("\n\n".join(filled), title=title, publisher=publisher, published=some[-1][0], language="en",
                           published_from="field", path=f"made/{start // CLAIMS_A_REPORT:06}.txt")  # fmt: skip
        claims = [draft.claim(report.id, at, publisher) for draft, at in zip(drafts, starts, strict=False)]
        for claim, (_, n) in zip(claims, some, strict=True):
            if n >= 0:
                members.setdefault(n, []).append((claim.id, round(chance.uniform(0.5, 1), 3)))
        whole = Span(0, len(report.text))
        spans = [Span(at, at + len(draft.text)) for draft, at in zip(drafts, starts, strict=False)]
        sentences = tuple(Sentence(span=span, region="body", paragraph=n) for n, span in enumerate(spans))
        yield Reading(report=report, regions=(Region(whole, "body"),), sentences=sentences, claims=tuple(claims))


class Draft(NamedTuple):
    """A claim's sentence, and what it says, with spans counted from the sentence's first character."""

    text: str
    title: str
    kind: Kind
    fields: dict[str, Any]
    confidence: float

    def claim(self, report_id: str, at: int, publisher: str) -> Claim:
        evidence = (Span(at, at + len(self.text)),)
        moved = {name: _moved(value, at) for name, value in self.fields.items()}
        if moved["source"].type == "media":
            moved["source"] = Source(organisation=publisher, type="media", rule="made")
        return Claim(id=claim_id(report_id, self.kind, evidence), report_id=report_id, kind=self.kind, evidence=evidence,
                     summary=self.title, confidence=self.confidence, **moved)  # fmt: skip


def _moved(value: Any, at: int) -> Any:
    import msgspec

    if isinstance(value, tuple):
        return tuple(_moved(one, at) for one in value)
    if isinstance(value, Span):
        return Span(value.start + at, value.end + at)
    if isinstance(value, ActorRef | PlaceRef | Figure | Interval):
        return msgspec.structs.replace(value, span=_moved(value.span, at))
    return value


def _draft(chance: random.Random, about: Happening | None, day: date, places: dict[str, list[Place]]) -> Draft:
    kind: Kind = "incident" if about else chance.choices(("tally", "assessment", "forecast"), (6, 3, 1))[0]
    if about is None:
        place = _near_the_top(chance, places[chance.choice(list(places))])
        first = day - timedelta(days=chance.randrange(30, 700))
        about = Happening(
            first, chance.choice(list(TYPES)), place, (0, chance.randrange(len(SIDES))), chance.randrange(20, 900), 1
        )
    initiator, target = SIDES[about.sides[0]], SIDES[about.sides[1]]
    measure, object = MEASURES.get(about.type, "killed"), OBJECTS.get(about.type, "militant")
    number = max(1, about.number + chance.choice((0, 0, 0, 0, -1, 1, 2)))
    said = f"{about.day.day} {about.day:%B %Y}"
    words = about.place.name
    speaker = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    type = chance.choice(SOURCE_TYPES)
    lead = f"Since {said}" if kind == "tally" else f"On {said}"
    text = f"{lead}, {initiator[1]} {measure} {number} of {target[1]} near {words}, {speaker} said."

    def span(part: str) -> Span:
        return Span(text.index(part), text.index(part) + len(part))

    figure = Figure(low=number, best=number, high=number, measure=measure, object=object, unit=None, of=None, part_of=None,
                    words=f"{number}", span=span(f" {number} of"), rule="made")  # fmt: skip
    alleged = chance.random() < 0.12
    fields: dict[str, Any] = {
        "event_type": None if kind == "assessment" else about.type,
        "certainty": "alleged" if alleged else "stated",
        "background": chance.random() < 0.15,
        "initiator": (ActorRef(name=initiator[0], kind=initiator[2], words=initiator[1], span=span(initiator[1])),),
        "target": (ActorRef(name=target[0], kind=target[2], words=target[1], span=span(f"of {target[1]}")),),
        "places": (PlaceRef(words=words, span=span(words), place=about.place if chance.random() < 0.94 else None),),
        "time": Interval(span=span(said), words=said, start=about.day, end=day if kind == "tally" else about.day, precision="day",
                         since=kind == "tally", rule="made"),
        "scope": "since" if kind == "tally" else None,
        "figures": () if kind == "assessment" or chance.random() < 0.3 else (figure,),
        "source": Source(type=type, rule="made") if type == "media" else
                  Source(speaker=speaker, organisation=f"{about.place.country} {type}", type=type, rule="made"),
        "stance": "rising" if kind == "assessment" else None,
        "about": target[0] if kind == "assessment" else None,
    }  # fmt: skip
    return Draft(text, f"{number} of {target[0]} {measure} near {words}", kind, fields, round(chance.betavariate(4, 1.6), 3))


def _save_events(
    project: Project, chance: random.Random, happenings: Sequence[Happening], members: dict[int, list[tuple[str, float]]]
) -> None:
    numbers = sorted(members)
    for start in range(0, len(numbers), 5000):
        events = [_event(chance, happenings[n], members[n]) for n in numbers[start : start + 5000]]
        with project.writing_tables() as connection:
            insert_rows(connection, event_rows(events))
        _say(f"{min(start + 5000, len(numbers)):,} events")


def _event(chance: random.Random, about: Happening, members: Sequence[tuple[str, float]]) -> Event:
    ids = tuple(sorted(i for i, _ in members))
    dated, placed = chance.random() < 0.96, chance.random() < 0.95
    last = about.day + timedelta(days=chance.choice((0, 0, 0, 0, 0, 6, 30)))
    measure, object = MEASURES.get(about.type, "killed"), OBJECTS.get(about.type, "militant")
    spread = chance.choice((0, 0, 2)) if len(ids) > 1 else 0
    figure = EventFigure(measure=measure, object=object, unit=None, of=None, low=about.number, best=about.number,
                         high=about.number + spread, rule="the only one that sources give", claims=ids)  # fmt: skip
    return Event(
        id=event_id(ids[0]),
        claims=ids,
        event_type=about.type,
        initiator=(SIDES[about.sides[0]][0],),
        target=(SIDES[about.sides[1]][0],),
        place=about.place if placed else None,
        place_words=about.place.name,
        time_start=about.day if dated else None,
        time_end=last if dated else None,
        time_precision=(1 if last == about.day else 2 if (last - about.day).days < 7 else 3) if dated else None,
        figures=(figure,),
        certainty="stated" if chance.random() < 0.9 else "alleged",
        background=chance.random() < 0.1,
        sources=len(ids),
        lineages=max(1, len(ids) - chance.randrange(2)),
        confidence=round(chance.betavariate(4, 1.6), 3),
        contradictions=_contradictions(f"{measure} {object}", about.number, spread, ids),
        links=tuple(Link(i, score, "same place; same day; same sides") for i, score in members),
        summary=f"{about.number} of {SIDES[about.sides[1]][0]} {measure} near {about.place.name}",
    )


def _contradictions(field: str, number: int, spread: int, claims: Sequence[str]) -> tuple[Contradiction, ...]:
    """Of an event whose sources give two numbers."""
    if not spread:
        return ()
    sides = ((f"{number}", tuple(claims[:1])), (f"{number + spread}", tuple(claims[1:])))
    return (Contradiction(field=field, sides=sides, gap=spread / (number + spread), independent=(1, 1)),)


# Measuring

SCREENS: dict[str, Sequence[str]] = {
    "home": ("/",),
    "events, first screen": ("/events",),
    "events, filter": (
        "/events?type=arrest",
        "/events?place=Kirkuk",
        "/events?place=IQ",
        "/events?actor=Daesh&since=2019",
        "/events?type=arrest&place=Kirkuk&source=military&since=2016&until=2020",
        "/events?source=military",
        "/events?speaker=Rasool",
        "/events?publisher=Tigris+Wire&killed%3E=10",
        "/events?type%21=arrest&place%21=IQ",
        "/events?words=soldiers+Mosul",
        "/events?certainty=alleged&background=no&until=2015-06",
    ),
    "events, next page": ("/events?after=2018-05-04~e-8",),
    "map": (
        "/events/map?view=-20,-5,60,45",
        "/events/map?view=38,29,49,38",
        "/events/map?view=43.5,34.5,45.5,36.5",
        "/events/map?view=38,29,49,38&type=air_strike&since=2016",
        "/events/map?view=-180,-60,180,75&source=military",
    ),
    "timeline": ("/events/timeline", "/events/timeline?place=IQ&type=arrest", "/events/timeline?since=2016-01&until=2016-03"),
    "search": tuple(
        f"/search?words={words}" for words in ("Kirkuk", "soldiers", "coalition+aircraft", "Rasool+Mosul", "hideout*")
    ),
}
QUEUES: dict[str, Sequence[str]] = {
    "queue": ("/queue", "/queue?what=links", "/queue?what=contradictions"),
    "queue, filter": ("/queue?type=arrest&place=Kirkuk", "/queue?source=military", "/queue?actor=Daesh&since=2019"),
    "reports": ("/reports",),
}
HOST, HTML = "http://127.0.0.1:8765", {"accept": "text/html"}
BAR = 1.0  # seconds at the 95th percentile


def measure(folder: Path, *, rounds: int, analysts: int, reviewing: bool) -> bool:
    """Print the times of each screen; whether all keep within a second.

    So many `analysts` ask at once, each for every page.  `reviewing` makes each of them accept or correct a claim of the queue
    before every page, which writes to the project: then nothing that was worked out before can be shown again.
    """
    from concurrent.futures import ThreadPoolExecutor

    from starlette.testclient import TestClient

    from dateline.workbench import Settings, make_app
    from dateline.workbench.warm import warm_up

    good = True
    screens = SCREENS | QUEUES
    with open_project(folder) as project, TestClient(make_app(Settings(project=str(folder)), project), base_url=HOST) as client:
        begun = time.perf_counter()
        print(f"first screen after the start {1000 * _seconds(client.get, '/'):.0f} ms")
        warm_up(project).join()
        print(f"read ahead in {time.perf_counter() - begun:.1f} s")
        decide = Decisions(client) if reviewing else None
        with ThreadPoolExecutor(analysts) as people:
            for screen, paths in screens.items():
                pages = list(paths) * rounds
                turns = [people.submit(_turn, client, pages, decide) for _ in range(analysts)]
                told = [seconds for turn in turns for seconds in turn.result()]
                good &= _printed(screen, [seconds for seconds, _ in told])
                if decide is not None:
                    good &= _printed("  a decision before it", [seconds for _, seconds in told])
    return good


def _turn(client: Any, pages: Sequence[str], decide: Callable[[], float] | None) -> list[tuple[float, float]]:
    """The seconds of each page, and those of the decision before it."""
    told = []
    for path in pages:
        decided = decide() if decide is not None else 0.0
        told.append((_seconds(client.get, path), decided))
    return told


def _printed(name: str, seconds: Sequence[float]) -> bool:
    times = sorted(seconds)
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    told = (("p50", statistics.median(times)), ("p95", p95), ("slowest", times[-1]))
    print(f"{name:24} " + "   ".join(f"{n} {1000 * taken:6.0f} ms" for n, taken in told) + f"   ({len(times)} requests)")
    return p95 < BAR


class Decisions:
    """Decides about the next claim of the queue each time that it is called: accepts two, corrects a field of the third."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._claims = self._waiting()
        shown = client.get("/queue", headers=HTML).text
        self._token = re.findall(r'name="dateline-token" content="([^"]*)"', shown)[0]

    def __call__(self) -> float:
        with self._lock:
            n, claim, revision = next(self._claims)
        decision: dict[str, Any] = {"action": "accept", "claim": claim}
        if n % 3 == 2:
            decision = {"action": "correct", "claim": claim, "field": "background", "value": n % 2 == 0}
        body = {"decision": decision, "based_on": {claim: revision}}
        begun = time.perf_counter()
        answer = self._client.post("/api/decisions", json=body, headers={"x-dateline-token": self._token})
        taken = time.perf_counter() - begun
        if answer.status_code not in (200, 422):  # 422: that is the value already
            sys.exit(f"the decision about {claim} answered {answer.status_code}: {answer.text[:200]}")
        return taken

    def _waiting(self) -> Iterator[tuple[int, str, int]]:
        """The claims of the queue, page by page, with their numbers here and their revisions."""
        where, n = "/queue", 0
        while where:
            shown = self._client.get(where, headers=HTML).text
            for claim, revision in re.findall(r'data-claim="(c-[0-9a-f]+)" data-report="\w+"\s+data-revision="(\d+)"', shown):
                yield n, claim, int(revision)
                n += 1
            where = html.unescape((re.findall(r'<a rel="next" href="([^"]*)"', shown) or [""])[0])


def _seconds(get: Callable[..., Any], path: str) -> float:
    begun = time.perf_counter()
    answer = get(path, headers=HTML)
    taken = time.perf_counter() - begun
    if answer.status_code != 200:
        sys.exit(f"{path} answered {answer.status_code}: {answer.text[:200]}")
    return taken


def _say(words: str) -> None:
    print(f"\r{words:40}", end="", file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--events", type=int, default=100_000)
    making.add_argument("--seed", type=int, default=1)
    measuring = commands.add_parser("measure")
    measuring.add_argument("folder", type=Path)
    measuring.add_argument("--rounds", type=int, default=20)
    measuring.add_argument("--analysts", type=int, default=1, help="so many ask at once")
    measuring.add_argument("--reviewing", action="store_true", help="decide about a claim before each page; take a copy")
    asked = parser.parse_args()
    if asked.command == "make":
        make(asked.folder, events=asked.events, seed=asked.seed)
        return 0
    good = measure(asked.folder, rounds=asked.rounds, analysts=asked.analysts, reviewing=asked.reviewing)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
