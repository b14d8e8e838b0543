"""A made-up stream of look-alike reports with known truth: which report tells of which shooting.  Nothing in it happened.

Many incidents a day in a few cities, one or two killed in most, told by one to four outlets within some days, in words that
recur from one incident to the next; what tells two apart is above all the names.  `incidents_a_day` over `cities` sets how
many look alike.  Reports come as texts for the engine to read, or as readings made by hand (`make_reading`), for the cost of
linking alone.
"""

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from dateline.model import (
    Claim,
    Figure,
    Interval,
    Place,
    PlaceMention,
    PlaceRef,
    Reading,
    Region,
    Report,
    Sentence,
    Source,
    Span,
    claim_id,
    report_of,
)

FIRST_DAY = date(2017, 1, 2)
_CITIES = """
Albany NY 42.65 -73.75|Amarillo TX 35.19 -101.83|Baton Rouge LA 30.45 -91.19|Billings MT 45.78 -108.5|Boise ID 43.62 -116.2
Buffalo NY 42.89 -78.88|Chattanooga TN 35.05 -85.31|Cheyenne WY 41.14 -104.82|Cleveland OH 41.5 -81.69|Dayton OH 39.76 -84.19
Des Moines IA 41.6 -93.61|El Paso TX 31.76 -106.49|Fresno CA 36.74 -119.79|Gary IN 41.59 -87.35|Hartford CT 41.76 -72.68
Indianapolis IN 39.77 -86.16|Jackson MS 32.3 -90.18|Knoxville TN 35.96 -83.92|Lansing MI 42.73 -84.56|Little Rock AR 34.75 -92.29
Louisville KY 38.25 -85.76|Memphis TN 35.15 -90.05|Milwaukee WI 43.04 -87.91|Mobile AL 30.69 -88.04|Newark NJ 40.74 -74.17
Norfolk VA 36.85 -76.29|Oakland CA 37.8 -122.27|Omaha NE 41.26 -95.93|Pittsburgh PA 40.44 -80.0|Reno NV 39.53 -119.81
Rochester NY 43.16 -77.61|Sacramento CA 38.58 -121.49|Savannah GA 32.08 -81.09|Shreveport LA 32.53 -93.75|Spokane WA 47.66 -117.43
Stockton CA 37.96 -121.29|Tampa FL 27.95 -82.46|Toledo OH 41.66 -83.56|Tulsa OK 36.15 -95.99|Wichita KS 37.69 -97.34
"""
CITIES = tuple(
    Place(id=f"us-{words[-4].lower()}-{n}", name=" ".join(words[:-3]), kind="settlement", lat=float(words[-2]),
          lon=float(words[-1]), country="US", admin1=words[-3], radius_km=8.0)  # as the gazetteer has towns of this size
    for n, words in enumerate(line.split() for row in _CITIES.strip().splitlines() for line in row.split("|"))
)  # fmt: skip
_FIRST = ("Aaron Alicia Andre Bianca Calvin Carla Damon Dana Darnell Elena Eric Felicia Gavin Grace Hector Irene Isaac Jasmine "
          "Jerome Keisha Kevin Laura Leon Marcus Monica Nathan Olivia Oscar Paula Quentin Rachel Ramon Sheila Terrence Tina "
          "Victor Wanda Xavier Yolanda Zachary").split()  # fmt: skip
_STEMS = (
    "Ash Bar Bell Brad Car Chap Cor Dal Den Dor Ell Far Gar Gold Hal Har Hol Kel Lan Mar Mer Nor Par Ral Rob Sel Tal Wal".split()
)
_ENDS = "berg by cott den dine field ford ham land ler ley man mond more ner ridge son stead ton vale well wood worth".split()
_OUTLETS = "Morning Ledger|Valley Times|Channel 6|Star Courier|City Desk|Evening Press|Metro Wire|Daily Record".split("|")
_STREETS = "Oak Street|Maple Avenue|5th Street|Jefferson Boulevard|Hill Road|Park Lane|Mill Street|Grand Avenue|Route 9".split(
    "|"
)
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six")
_HEADS = (
    "{Killed} dead in {city} shooting",
    "Police: {killed} killed in shooting in {city}",
    "{city} shooting under investigation",
    "Victim of {city} shooting identified",
    "Shooting on {street} leaves {killed} dead",
    "Man charged after {city} shooting",
)
_LEDES = (
    "{Killed} {were} killed{and_hurt} in a shooting in {city} on {day}, police said.",
    "A gunman killed {killed} {people}{and_wounded} in {city} on {day}, according to police.",
    "Police in {city} are looking for a gunman after {killed} {were} shot dead{and_hurt} on {day}.",
    "{Killed} {people} died{and_others} when shots were fired on {street} in {city} on {day}.",
)
_MORE = (
    "Officers were called to the {block} block of {street} at about {hour} p.m.",
    "Police have made no arrest.",
    "Witnesses heard {shots} shots and saw a dark car drive away.",
    "Anyone with information is asked to call the police.",
    "It was the {nth} homicide of the year in the city.",
    "The cause of the dispute is not known.",
    "Investigators recovered shell casings at the scene.",
)
_NAMED = (
    "The victim was identified as {victim}, {age}.",
    "{victim}, {age}, died at the scene, the coroner said.",
    "Relatives named one of the dead as {victim}, {age}, of {city}.",
)
_CHARGED = ("{suspect}, {years}, was arrested on {street} and charged with murder.", "Police arrested {suspect}, {years}.")


class Shape(Struct, frozen=True, kw_only=True):
    """How much alike the stream is."""

    incidents_a_day: float = 60.0  # over all cities; the cities have unequal shares
    cities: int = len(CITIES)
    reports: float = 1.7  # of one incident, on average; 6 at most
    named: float = 0.6  # share of reports that name the victim
    dated: float = 0.85  # share of claims whose day is resolved
    toll_errors: float = 0.08  # share of reports that give another toll


class Told(Struct, frozen=True, kw_only=True):
    """A report and what it is about: a text that the engine can read, and the sentences of it that claims stand on."""

    report: Report
    incident: int
    city: Place
    day: date | None
    killed: int
    wounded: int
    evidence: tuple[Span, ...]  # the lede and, where there is one, the sentence of an arrest


class _Incident(Struct, frozen=True, kw_only=True):
    number: int
    city: Place
    day: date
    killed: int
    wounded: int
    words: dict[str, str]


def made_stream(reports: int, shape: Shape = Shape(), *, seed: int = 11) -> Iterator[Told]:  # noqa: B008  # frozen
    """`reports` reports in the order of their incidents' days."""
    dice = random.Random(seed)  # made-up reports are no secret
    weights = [1 / (n + 4) for n in range(shape.cities)]
    told = number = 0
    while True:
        day = FIRST_DAY + timedelta(days=int(number / shape.incidents_a_day))
        incident = _incident(dice, number, day, dice.choices(CITIES[: shape.cities], weights)[0])
        number += 1
        for nth in range(_count(dice, shape.reports)):
            if told == reports:
                return
            told += 1
            yield _tell(dice, incident, nth, shape)


def make_reading(told: Told) -> Reading:
    """A reading with the claims that a perfect reader would make: the shooting, and the arrest where one is told of."""
    report = told.report
    claims = [_claim(told, "attack_on_civilians", told.evidence[0], _figures(told))]
    claims += [_claim(told, "arrest", span, ()) for span in told.evidence[1:]]
    whole = Span(0, len(report.text))
    body = Span(report.text.index("\n\n"), len(report.text))
    regions = (Region(Span(0, body.start), "headline"), Region(body, "body"))
    named = tuple(
        PlaceMention(span=Span(*found.span()), words=told.city.name, place=told.city)
        for found in re.finditer(re.escape(told.city.name), report.text)
    )
    return Reading(report=report, regions=regions, sentences=(Sentence(whole, "body", 0),), mentions=named, claims=tuple(claims))


def _count(dice: random.Random, mean: float) -> int:
    count = 1
    while count < 6 and dice.random() < 1 - 1 / mean:
        count += 1
    return count


def _incident(dice: random.Random, number: int, day: date, city: Place) -> _Incident:
    words = {
        "victim": _name(dice), "suspect": _name(dice), "age": str(dice.randint(16, 70)), "years": str(dice.randint(17, 50)),
        "street": dice.choice(_STREETS), "block": f"{dice.randint(1, 40)}00", "hour": str(dice.randint(1, 11)),
        "shots": dice.choice(("several", "five or six", "about a dozen")), "nth": f"{dice.randint(4, 60)}th", "city": city.name,
    }  # fmt: skip
    killed = dice.choices((1, 2, 3), (78, 18, 4))[0]
    return _Incident(
        number=number, city=city, day=day, killed=killed, wounded=dice.choices((0, 1, 2, 3), (45, 30, 18, 7))[0], words=words
    )


def _name(dice: random.Random) -> str:
    return f"{dice.choice(_FIRST)} {dice.choice(_STEMS)}{dice.choice(_ENDS)}"


def _tell(dice: random.Random, incident: _Incident, nth: int, shape: Shape) -> Told:
    late = dice.choices((0, 1, 2, 6), (40, 40, 15, 5))[0] if nth else dice.choices((0, 1), (60, 40))[0]
    killed, wounded = incident.killed, incident.wounded
    if dice.random() < shape.toll_errors:
        killed, wounded = max(1, killed + dice.choice((-1, 1))), max(0, wounded + dice.choice((-1, 0, 1)))
    words = incident.words | _toll_words(killed, wounded) | {"day": incident.day.strftime("%A")}
    lede = dice.choice(_LEDES).format(**words)
    more = [line.format(**words) for line in dice.sample(_MORE, dice.randint(1, 4))]
    named = dice.choice(_NAMED).format(**words) if dice.random() < shape.named else None
    charged = dice.choice(_CHARGED).format(**words) if late >= 1 and dice.random() < 0.4 else None
    title = dice.choice(_HEADS).format(**words)
    text = "\n\n".join([title, lede, *filter(None, (named, *more, charged))]) + "\n"
    published = incident.day + timedelta(days=late)
    publisher = dice.choice(_OUTLETS)
    report = report_of(
        text,
        title=title,
        publisher=publisher,
        published=published,
        language="en",
        url=f"https://example.org/{incident.number}/{nth}",
    )
    return Told(
        report=report, incident=incident.number, city=incident.city, day=incident.day if dice.random() < shape.dated else None,
        killed=killed, wounded=wounded, evidence=tuple(_span(text, line) for line in (lede, charged) if line),
    )  # fmt: skip


def _toll_words(killed: int, wounded: int) -> dict[str, str]:
    """The words of the templates that depend on the toll."""
    number = _NUMBERS[wounded]
    return {
        "killed": _NUMBERS[killed],
        "Killed": _NUMBERS[killed].capitalize(),
        "people": "person" if killed == 1 else "people",
        "were": "person was" if killed == 1 else "people were",
        "and_hurt": f" and {number} wounded" if wounded else "",
        "and_wounded": f" and wounded {number}" if wounded else "",
        "and_others": f" and {number} others were injured" if wounded else "",
    }


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _claim(told: Told, event_type: str, evidence: Span, figures: tuple[Figure, ...]) -> Claim:
    known: dict[str, Any] = {}
    if event_type != "arrest":
        known = {
            "places": (PlaceRef(words=told.city.name, span=_span(told.report.text, told.city.name), place=told.city),),
            "time": told.day
            and Interval(span=evidence, words=told.day.strftime("%A"), start=told.day, end=told.day, precision="day"),
        }
    return Claim(
        id=claim_id(told.report.id, "incident", (evidence,)), report_id=told.report.id, kind="incident", event_type=event_type,
        figures=figures, source=Source(organisation="police", type="police"), evidence=(evidence,), **known,
    )  # fmt: skip


def _figures(told: Told) -> tuple[Figure, ...]:
    return tuple(
        Figure(low=n, best=n, high=n, measure=measure, object="person", unit=None, of=None, part_of=None, words=_NUMBERS[n],
               span=told.evidence[0])
        for measure, n in (("killed", told.killed), ("wounded", told.wounded))
        if n
    )  # fmt: skip
