"""The shipped gazetteer: it loads, it knows what it must, and chooses by the report's other places."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer import Asked, choose, current, find, find_alike, version
from dateline.gazetteer.layer import CORE, EXACT
from dateline.gazetteer.lookup import area, may_go_on
from dateline.gazetteer.names import fold
from dateline.gazetteer.rank import Scored
from dateline.gazetteer.record import place_of


def best(*names: str) -> list[Scored | None]:
    """The chosen place of each name, all in one report."""
    return [scored[0] if scored else None for scored in choose([Asked(find(name)) for name in names])]


def test_version_is_a_hash_of_the_data() -> None:
    """A coded event can say which gazetteer placed it."""
    assert re.fullmatch(r"[0-9a-f]{16}", version())


@pytest.mark.parametrize("code", ["IQ", "US.TX", "r-sahel", "5368361"])
def test_areas_and_ids_are_found_by_code(code: str) -> None:
    """The lexicon names countries, provinces and own regions by code; each must be there."""
    assert area(code) is not None


def test_unknown_id_is_none() -> None:
    """An id that the data lacks is no place."""
    assert current().by_id("0") is None
    assert area("XX.99") is None


def test_unknown_key_has_no_hits() -> None:
    """Looking for what is not there finds nothing, at both ends of the index too."""
    assert current().hits(EXACT + "no such place anywhere") == []
    assert current().hits("\x00") == []
    assert current().hits("\uffff") == []


def test_a_name_is_found_however_many_of_its_words_are_read() -> None:
    """Whoever reads word by word and stops where no name goes on misses none."""
    layer = current().layers[0]
    names = [layer.entry(number).name for number in range(0, layer.head.places, 97)]
    missed = [name for name in names if find(name) and not _may_be_read(name)]
    assert missed == []


@pytest.mark.parametrize("name", ["Saint Louis", "St. Louis", "Sharqat al", "Al Sharqat", "El Paso", "Al Kut"])
def test_articles_and_short_forms_do_not_end_a_name(name: str) -> None:
    assert find(name)
    assert _may_be_read(name)


def _may_be_read(name: str) -> bool:
    words = name.split()
    return all(may_go_on(" ".join(words[:n]), words[n]) for n in range(1, len(words)))


@given(st.text(alphabet=string.printable))
def test_ascii_names_fold_as_all_others_do(name: str) -> None:
    """A letter that folds to nothing of its own sends the name the longer way."""
    assert fold(f"{name} ʼ") == fold(name)


def test_spelling_without_article_finds_the_province() -> None:
    """ "Muthanna" finds al-Muthanna; places that only the looser key finds say so."""
    assert any(c.entry.kind == "admin1" and c.entry.country == "IQ" for c in find("Muthanna"))
    assert any(c.tier == CORE for c in find("Muthanna"))


def test_article_is_not_dropped_outside_arabic_names() -> None:
    """ "Al Paso" is not El Paso."""
    assert not any(c.entry.country == "US" for c in find("Al Paso"))


def test_unheard_spelling_is_found_by_its_consonants() -> None:
    """A transliteration that no source lists finds its town."""
    assert any(c.entry.name == "Mosul" for c in find_alike("Mousel"))


@pytest.mark.parametrize(
    ("names", "country"),
    [(("Tripoli", "Lebanon", "Beirut"), "LB"), (("Tripoli", "Libya", "Benghazi"), "LY"), (("Donetsk", "Luhansk", "Kyiv"), "UA")],
)  # fmt: skip
def test_the_other_places_decide(names: tuple[str, ...], country: str) -> None:
    """The same name means the place near the report's other places, unless one is far better known."""
    chosen = best(*names)[0]
    assert chosen is not None
    assert chosen.entry.country == country


def named(*names: str) -> list[Asked]:
    """Names of the gazetteer as a report asks for them."""
    return [Asked(find(name)) for name in names]


def test_consonants_alone_find_nothing_without_the_country() -> None:
    """A loose spelling is placed only where other names, found by their spelling, lie in its country."""
    loose = Asked(find_alike("Mousel"))
    assert choose([loose]) == [()]
    assert choose([loose, *named("Colombia", "Cali")])[0] == ()
    assert choose([loose, *named("Iraq", "Kirkuk")])[0][0].entry.name == "Mosul"


def test_loose_spellings_are_no_witnesses_for_each_other() -> None:
    """Two names that only sound like towns of Iraq do not make the report one about Iraq."""
    assert choose([Asked(find_alike("Biruma")), Asked(find_alike("Bunagana")), *named("Goma")])[:2] == [(), ()]


def test_small_namesake_far_from_the_reports_places_is_not_believed() -> None:
    """A town of Texas is not meant in a report from Colombia; a great city of another country may be."""
    wilmer, moscow, *_ = choose([Asked(find("Wilmer")), Asked(find("Moscow")), *named("Colombia", "Cali", "Jamundí")])
    assert wilmer == ()
    assert moscow[0].entry.country == "RU"


def test_small_town_stands_where_nothing_speaks_against_it() -> None:
    """With no other name in the report, a small town is still the one of its name."""
    assert choose(named("Wilmer"))[0][0].entry.country == "US"


def test_bare_direction_is_a_region_only_of_the_reports_country() -> None:
    """ "North West" is a province of South Africa only where the report is about South Africa."""
    region = Asked(find("North West"), vague=True)
    assert choose([region, *named("Kaduna", "Nigeria")])[0] == ()
    assert choose([region, *named("South Africa", "Pretoria")])[0][0].entry.country == "ZA"


def test_a_mountain_is_never_a_village() -> None:
    """With a kind of nature asked for, settlements of the name are no answer."""
    towns = find("Sarmada")
    assert towns
    assert choose([Asked(towns, frozenset({"mountain"}))]) == [()]


def test_town_comes_before_the_province_named_after_it() -> None:
    """ "Mosul" and "Kirkuk" alone are the towns; "province" asks for the other."""
    candidates = find("Kirkuk")
    town, province = choose([Asked(candidates)])[0], choose([Asked(candidates, frozenset({"admin1"}))])[0]
    assert (town[0].entry.kind, province[0].entry.kind) == ("settlement", "admin1")


def test_containing_area_outweighs_fame() -> None:
    """ "Paris" put into Texas is not the capital of France."""
    texas = area("US.TX")
    assert texas is not None
    assert choose([Asked(find("Paris"), areas=(texas,))])[0][0].entry.admin1 == "TX"


def test_nothing_speaks_for_a_hamlet() -> None:
    """A place of unknown size stays unresolved where the report says nothing for its country."""
    village = next(c for c in find("Umm") if c.entry.population == 0) if find("Umm") else None
    candidates = (village,) if village else tuple(c for c in find("Rabia") if c.entry.population == 0)
    assert choose([Asked(candidates)]) == [()]


def test_scores_say_why() -> None:
    """Every candidate comes with the reasons for its score."""
    scored = choose([Asked(find("Mosul"))])[0][0]
    assert "settlement" in scored.why


@pytest.mark.parametrize(
    ("name", "coarse", "near", "precision"),
    [("Samarra", False, False, 1), ("Samarra", True, False, 2), ("Samarra", False, True, 2), ("Nineveh", False, False, 3)],
)
def test_precision_is_never_finer_than_the_words(name: str, coarse: bool, near: bool, precision: int) -> None:
    """A part of a town, or a thing by it, is near it; a province is an area."""
    chosen = best(name)[0]
    assert chosen is not None
    assert place_of(chosen.entry, coarse=coarse, near=near).geo_precision == precision
