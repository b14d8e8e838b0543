"""What speaks for and against two scenes of different reports being one event."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import NamedTuple

from dateline.events.facts import ReportFacts, Scene
from dateline.events.likeness import Sign, can_be_one, compare_figures, kinship
from dateline.events.places import POINT, distance_km, nearness, provinces_differ, specificity
from dateline.events.signs import Signs, rarity, telling, weight_of
from dateline.events.times import days_apart, overlap
from dateline.model import ActorRef, Place

_FAR_KM = 60.0
_CITY_KM = 12.0  # radius of a city of a million in the gazetteer
_LARGE_TOWN_KM = 8.0  # of a town of a hundred thousand
NEWS_DAYS, LATE_DAYS = 3, 14  # reports of one act come out within so many days of each other; those of its aftermath
CERTAIN_NAMES = 2  # persons in both reports, from which a wrong day or place in one of them does not part them
CERTAIN_SIGNS = 3  # kinds of them
CERTAIN_PROPER = 2  # rare names, of which more stand for one kind
_HOURS = 1  # apart at most, to be one hour to two outlets
MOST_NAMED = 3.0  # shared names of one act seldom count more than this many
FEWEST_WORDS = 3
CLOSE_RANGE = 10  # days in a stretch of time that still says when
_SAME_FIGURES = frozenset({"same_large_figure", "same_figure"})
_UNHEARD = 6.0  # rarity of a word that no text of the shipped table has


class Told(NamedTuple):
    """A scene in its report."""

    scene: Scene
    report: ReportFacts


def cannot(one: Told, other: Told) -> str | None:
    """Why two scenes of different reports are never one event."""
    a, b = one.scene, other.scene
    if a.operation and b.operation and (a.operation != b.operation or (a.phase and b.phase and a.phase != b.phase)):
        return "different operations"
    why = _why_not(one, other)
    return None if why and a.main and b.main and _certain(one.report.signs, other.report.signs) else why


def _why_not(one: Told, other: Told) -> str | None:
    """What parts two scenes, unless their reports are of one act beyond doubt."""
    a, b = one.scene, other.scene
    if a.background != b.background and not _match(a, b):
        return "one is history, the other news"
    if kinship(a.acts, b.acts) == "other_type" and not (a.operation and a.operation == b.operation):
        return "different kinds of act"
    if a.days and b.days and not overlap(a.days, b.days) and days_apart(a.days, b.days) > 1:
        return "different days"
    return None if _reports_share_a_place(one, other) else _why_apart(a, b)


def _certain(a: Signs, b: Signs) -> bool:
    """Two reports of one act beyond doubt: two persons in both, or three other things."""
    kinds = 0
    if not a.persons.isdisjoint(b.persons):
        if len(a.persons & b.persons) >= CERTAIN_NAMES:
            return True
        kinds = 1
    kinds += (not a.streets.isdisjoint(b.streets)) + (not a.ages.isdisjoint(b.ages)) + (not a.hours.isdisjoint(b.hours))
    return kinds >= CERTAIN_SIGNS or (kinds == CERTAIN_SIGNS - 1 and len(a.proper & b.proper) > CERTAIN_PROPER)


def _match(a: Scene, b: Scene) -> bool:
    """Whether history in one report is another's news for certain."""
    same_day = a.days is not None and a.days == b.days and a.days.days == 1
    same_operation = a.operation is not None and a.operation == b.operation
    return same_day or same_operation or any(s.name in _SAME_FIGURES for s in _by_figures(a, b))


def _why_apart(a: Scene, b: Scene) -> str | None:
    if not a.places or not b.places or any(p.id == q.id for p, q in product(a.places, b.places)):
        return None
    pairs = [(p, q, nearness(p, q)) for p, q in product(a.places, b.places)]
    if all(provinces_differ(p, q) and near != "near" for p, q, near in pairs):
        return "different provinces"
    far = all(near == "apart" and distance_km(p, q) > _FAR_KM for p, q, near in pairs)
    return "different places" if far and not (a.unplaced or b.unplaced) else None


def signs(one: Told, other: Told) -> Iterator[Sign]:
    """The signs of two scenes of different reports."""
    a, b = one.scene, other.scene
    yield Sign(kinship(a.acts, b.acts), 1.0, min(a.acts & b.acts, default="").replace("_", " "))
    if a.operation and a.operation == b.operation:
        yield Sign("same_operation", 1.0, a.operation)
    if a.background != b.background:
        yield Sign("one_is_history")
    yield from _by_time(one, other)
    yield from _by_place(one, other)
    yield from _by_side("initiator", a.initiators, b.initiators, b.targets, a.initiator, b.initiator)
    yield from _by_side("target", a.targets, b.targets, b.initiators, a.target, b.target)
    yield from _by_figures(a, b)
    yield from _by_words(a, b)
    if a.main and b.main:
        yield from by_report(one.report, other.report)
    elif not (a.main or b.main):
        yield Sign("neither_is_the_main_news")
    else:
        yield Sign("one_is_the_main_news")


def _by_time(a: Told, b: Told) -> Iterator[Sign]:
    one, other = a.scene.days, b.scene.days
    if one and other:
        if one == other and one.days == 1:
            yield Sign("same_day", 1.0, one.start.isoformat())
        elif overlap(one, other):
            yield Sign("times_overlap" if max(one.days, other.days) <= CLOSE_RANGE else "long_times_overlap")
        else:
            yield Sign("next_day" if days_apart(one, other) == 1 else "other_days")
        return
    if not a.report.published or not b.report.published:
        yield Sign("no_time_known")
        return
    apart = abs(a.report.published - b.report.published)
    if apart <= timedelta(days=NEWS_DAYS):
        yield Sign("news_of_same_days")
    elif apart <= timedelta(days=LATE_DAYS):
        yield Sign("news_of_two_weeks")
    else:
        yield Sign("news_of_other_days")


def _by_place(one: Told, other: Told) -> Iterator[Sign]:
    a, b = one.scene, other.scene
    if (a.places or a.place_words) and (b.places or b.place_words):
        yield from _by_named_places(one, other)
        return
    for placed, bare in ((one, other), (other, one)):
        named = next((p.name for p in placed.scene.places if set(p.name.lower().split()) <= bare.report.head), None)
        if named and not bare.scene.place_words:
            yield Sign("place_in_head", 1.0, named)
            return
    yield from _by_reports(one, other)


def _by_reports(a: Told, b: Told) -> Iterator[Sign]:
    """One of the scenes has no place of its own: the places of its report stand in."""
    some, others = (told.scene.places or told.scene.around or told.report.places for told in (a, b))
    found = {nearness(p, q): p.name for p, q in product(some, others) if not is_country(p) and not is_country(q)}
    aside = "" if a.scene.main and b.scene.main else "_aside"
    if "same" in found or "near" in found:
        yield Sign(f"reports_of_one_place{aside}", 1.0, found.get("same") or found["near"])
    elif "within" in found:
        yield Sign(f"reports_of_one_area{aside}", 1.0, found["within"])
    elif found:
        yield Sign("reports_of_other_places")


def _by_named_places(one: Told, other: Told) -> Iterator[Sign]:
    """Both name places: the closest two count, less where one is about many."""
    a, b = one.scene, other.scene
    share = 1 / max(1, len(a.place_words) - 2, len(b.place_words) - 2)
    sites = sorted(a.sites & b.sites)
    if sites:
        named = [words for words in sites if max(map(rarity, words.split())) >= _UNHEARD]
        yield Sign("same_named_site" if named else "same_site", 1.0, (named or sites)[0])
    found = {nearness(p, q): (p, q) for p, q in product(a.places, b.places)}
    if "same" in found:
        place = max((p for p in a.places if any(p.id == q.id for q in b.places)), key=lambda p: (specificity(p), p.id))
        yield Sign(size_of(place), share, place.name)
    elif "near" in found:
        yield Sign("near_place", share, f"{found['near'][0].name} and {found['near'][1].name}")
    elif "within" in found:
        first, second = found["within"]
        of = "within_country" if is_country(first) or is_country(second) else "within_place"
        yield Sign(of, share, f"{first.name} and {second.name}")
    elif _reports_share_a_place(one, other):
        yield Sign("reports_of_one_place", share, _reports_share_a_place(one, other))
    elif found:
        yield Sign("other_place")
    elif not sites:
        yield from _by_reports(one, other)


def size_of(place: Place) -> str:
    """In a city there are many acts a week, in a large town some, in a country any number."""
    if is_country(place):
        return "same_country"
    if specificity(place) < POINT:
        return "same_area"
    radius = place.radius_km or 0.0
    return "same_city" if radius >= _CITY_KM else "same_large_town" if radius >= _LARGE_TOWN_KM else "same_place"


def is_country(place: Place) -> bool:
    return specificity(place) == 0


def _reports_share_a_place(a: Told, b: Told) -> str:
    """The town that both reports name most, where both are about these scenes; else nothing."""
    if not a.scene.main or not b.scene.main:
        return ""
    return next((p.name for p, q in product(a.report.places, b.report.places) if p.id == q.id), "")


def _by_side(
    side: str,
    some: frozenset[str],
    others: frozenset[str],
    crossed: frozenset[str],
    one: tuple[ActorRef, ...],
    other: tuple[ActorRef, ...],
) -> Iterator[Sign]:
    """`crossed`: the two sides of a fight change places from report to report."""
    if some and others:
        shared = some & others
        if shared:
            yield Sign(f"same_{side}", 1.0, min(shared))
        elif some.isdisjoint(crossed) and not any(can_be_one(p, q) for p, q in product(one, other)):
            yield Sign(f"other_{side}")


def _by_figures(a: Scene, b: Scene) -> Iterator[Sign]:
    yield from compare_figures(a.figures, b.figures, a.tolls | b.tolls, a.persons | b.persons)


def _by_words(a: Scene, b: Scene) -> Iterator[Sign]:
    shared = len(a.words & b.words)
    if shared >= FEWEST_WORDS:
        yield Sign("words", shared / (len(a.words) + len(b.words) - shared))
    names = a.names & b.names
    if names:
        yield Sign("same_names", float(min(MOST_NAMED, len(names))), min(names))
    elif a.names and b.names:
        yield Sign("other_names")


def by_report(a: ReportFacts, b: ReportFacts) -> Iterator[Sign]:
    """Two reports whose main news is one act share names, streets, ages and rare words."""
    one, other = a.signs, b.signs
    persons = one.persons & other.persons
    if persons:
        yield Sign("shared_persons", float(min(MOST_NAMED, len(persons))), min(persons))
    elif one.persons and other.persons:
        yield Sign("other_persons")
    proper = one.proper & other.proper
    if proper:
        told = min(proper, key=lambda word: (-telling([word]), word))
        yield Sign("shared_proper_words", min(MOST_NAMED, round(telling(proper), 1) / 2), told)
        yield Sign("share_of_proper_words", len(proper) / (len(one.proper) * len(other.proper)) ** 0.5, told)
    if one.streets and other.streets:
        streets = one.streets & other.streets
        yield Sign("same_street", 1.0, min(streets)) if streets else Sign("other_streets")
    if one.ages and other.ages:
        ages = one.ages & other.ages
        if ages:
            yield Sign("same_age", len(ages) / min(len(one.ages), len(other.ages)), str(min(ages)))
        else:
            yield Sign("other_ages")
    if one.hours and other.hours:
        same = any(abs(p - q) <= _HOURS for p in one.hours for q in other.hours)
        yield Sign("same_hour") if same else Sign("other_hours")
    rare = weight_of(one.rare & other.rare)
    if rare and one.weight and other.weight:
        yield Sign("rare_words", rare / (one.weight * other.weight))
