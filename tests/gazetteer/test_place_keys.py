"""Names as keys: what counts as the same spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer.names import bare, core, fold, said_kinds, skeletons


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sa‘dah", "Sadah"), ("Deir ez-Zor", "deir ez zor"), ("São Paulo", "Sao Paulo"),
     ("St. Louis", "Saint Louis"), ("Ma'rib", "Marib")],
)  # fmt: skip
def test_case_marks_and_hyphens_make_no_difference(one: str, other: str) -> None:
    """Case, diacritics, apostrophes and hyphens are spelling, not name."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("al-Sharqat", "Ash Sharqat"), ("Al Anbar", "Anbar"), ("Deir al-Zor", "Deir ez-Zor")])
def test_arabic_articles_make_no_difference_to_the_core(one: str, other: str) -> None:
    """The article assimilates or is left out; the core is the same."""
    assert core(fold(one)) == core(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hamreen", "Himrin"), ("Salaheddine", "Salah al-Din"), ("Makhoul", "Makhul"), ("Kobane", "Kobani"),
     ("Ayn Issa", "‘Ayn ‘Īsá"), ("Deir ez-Zor", "Dayr az Zawr"), ("Cizre", "Jizre"), ("Mahmudiyah", "Mahmoudia"),
     ("Abu Dhahir", "Abu Zahir"), ("Qaryat Sharqat", "Sharqat")],
)  # fmt: skip
def test_transliterations_agree_on_the_skeleton(one: str, other: str) -> None:
    """Vowels and doubled letters differ between transliterations; consonants agree."""
    assert set(skeletons(fold(one))) & set(skeletons(fold(other)))


@pytest.mark.parametrize(("name", "rest", "kinds"), [
    ("Jabal Hamrin", "hamrin", {"mountain"}), ("Buhayrat ath Tharthar", "tharthar", {"water"}), ("Qaryat Musa", "musa", set()),
    ("Mosul", "mosul", set()), ("Wadi", "wadi", set()),
])  # fmt: skip
def test_generic_words_go_and_leave_the_kind(name: str, rest: str, kinds: set[str]) -> None:
    """What is left is the name proper; what went says what kind of place it is; a name of generics alone is kept."""
    assert bare(fold(name)) == rest
    assert said_kinds(fold(name)) == kinds


def test_too_few_consonants_make_no_skeleton() -> None:
    """A name of one consonant would be like too many others."""
    assert skeletons(fold("Aya")) == ()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    """A key is its own key, whatever the name; so the index and the question fold alike."""
    assert fold(fold(name)) == fold(name)
