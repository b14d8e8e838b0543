"""What the words round a number lean to, put beside what the engine says of it."""

import pytest

import dateline
from dateline.claims.leanings import setting_of
from dateline.claims.number_leanings import leaning, number_points, number_signs
from dateline.claims.views import view_sentences
from dateline.model import Reading, Shares


def _shares(text: str, measure: Shares, thing: Shares) -> tuple[Shares, Shares]:
    reading: Reading = dateline.read(text)
    (view,) = view_sentences(reading)
    (mention,) = view.quantities
    signs = number_signs(mention, view, setting_of([view]), text)
    return leaning("measure", measure, signs), leaning("object", thing, signs)


@pytest.mark.parametrize(
    ("text", "measure", "thing"),
    [
        ("Gunmen killed 12 villagers near Gao.", "killed", "civilian"),
        ("Police seized 40 rifles in Tumaco.", "seized", "weapon"),
        ("The floods drove 300 families from their homes.", "displaced", "other"),
    ],
)
def test_where_the_engine_wavers_the_words_decide(text: str, measure: str, thing: str) -> None:
    """Two labels are alike to the engine; the act and the noun beside the number lean to one."""
    even, alike = {measure: 0.45, "targeted": 0.45}, {thing: 0.45, "building": 0.45}
    measures, things = _shares(text, even, alike)
    assert max(measures, key=lambda label: measures[label]) == measure
    assert max(things, key=lambda label: things[label]) == thing


def test_the_shares_of_a_number_sum_to_one() -> None:
    """They are probabilities still."""
    for shares in _shares("Gunmen killed 12 villagers near Gao.", {"killed": 0.9}, {"civilian": 0.9}):
        assert sum(shares.values()) == pytest.approx(1.0)


def test_every_label_of_a_sign_is_one_of_its_field() -> None:
    """The file can be amended by hand: a label that the base does not know would never be given."""
    for held in number_points().values():
        assert all(label in held.base for worths in held.signs.values() for label in worths)
