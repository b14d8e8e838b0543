"""Iraq and Syria: what their reports name is placed right, or honestly coarse."""

import pytest

from dateline.gazetteer import Asked, choose, find, find_alike
from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import area
from dateline.gazetteer.rank import Scored
from dateline.gazetteer.record import place_of
from dateline.model.place import PlaceKind


def best(name: str, *kinds: PlaceKind) -> Scored | None:
    """The place of a name in a report on Iraq and Syria, of the kinds that its words say."""
    iraq, syria = area("IQ"), area("SY")
    assert isinstance(iraq, Entry)
    assert isinstance(syria, Entry)
    around = [Asked((), fixed=iraq, weight=2.0), Asked((), fixed=syria)]
    scored = choose([Asked(find(name) or find_alike(name), frozenset(kinds)), *around])[0]
    return scored[0] if scored else None


@pytest.mark.parametrize(
    ("name", "kind", "lat", "lon", "reach"),
    [
        ("Hamrin mountain range", "mountain", 34.9, 44.0, 90), ("Hamreen Hills", "mountain", 34.9, 44.0, 90),
        ("Himreen Mountains", "mountain", 34.9, 44.0, 90), ("Lake Hamrin", "water", 34.2, 45.0, 15),
        ("Mount Makhoul", "mountain", 35.2, 43.3, 25), ("Jebel Sinjar", "mountain", 36.37, 41.7, 20),
        ("Wadi al-Shay", "valley", 35.1, 44.2, 15), ("Wadi Zaytoun", "valley", 35.15, 44.1, 15),
        ("Wadi Horan", "valley", 33.6, 41.5, 60), ("Mutaibija", "area", 34.25, 44.25, 15),
        ("Anbar desert", "desert", 33.0, 41.3, 60), ("Nineveh desert", "desert", 35.8, 42.2, 60),
        ("Badia", "desert", 32.6, 40.2, 150), ("Al-Jazeera", "region", 35.9, 41.5, 100),
        ("Qara Chokh", "mountain", 35.75, 43.6, 20), ("Jabal al-Bishri", "mountain", 35.3, 39.3, 40),
        ("Lake Tharthar", "water", 34.0, 43.3, 30), ("Salaheddine", "admin1", 34.6, 43.6, 60),
        ("Ninawa", "admin1", 36.2, 42.4, 80), ("Fallujah", "settlement", 33.35, 43.78, 10),
        ("al-Sharqat", "settlement", 35.5, 43.2, 15), ("Shergat", "settlement", 35.5, 43.2, 15),
        ("Samarra", "settlement", 34.2, 43.87, 10), ("Deir ez-Zour", "settlement", 35.33, 40.14, 10),
    ],
)  # fmt: skip
def test_a_name_is_placed_right(name: str, kind: PlaceKind, lat: float, lon: float, reach: float) -> None:
    """Of the right kind, within so many kilometres, and no more precise than its kind allows."""
    kinds = (kind,) if kind in {"mountain", "valley", "water", "desert"} else ()
    chosen = best(name, *kinds)
    assert chosen is not None
    entry = chosen.entry
    assert entry.kind == kind
    assert abs(entry.lat - lat) * 111 <= reach
    assert abs(entry.lon - lon) * 95 <= reach
    assert place_of(entry).geo_precision >= (1 if kind == "settlement" else 2)


@pytest.mark.parametrize("name", ["Mount Fallujah", "Wadi Samarra", "Lake Baiji", "Jabal Balad"])
def test_a_feature_that_nobody_knows_is_not_the_town_of_its_name(name: str) -> None:
    """Rather nowhere than wrong."""
    chosen = best(name)
    assert chosen is None or chosen.entry.kind != "settlement"
