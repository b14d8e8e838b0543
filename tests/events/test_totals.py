"""How many died in all, where reports count civilians, soldiers and people side by side."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from told import says

from dateline.events.tolls import event_figures
from dateline.events.totals import event_totals
from dateline.model import Figure
from dateline.testing import killed, make_figure

CIVILIANS, SOLDIERS, MILITANTS = (partial(killed, object=of) for of in ("civilian", "security_force", "militant"))


def people(n: int, **known: Any) -> Figure:
    return killed(n, "person", **known)


AT_LEAST_3 = killed(3, "civilian", high=None)
TOTALS: dict[str, tuple[Sequence[Sequence[Figure]], tuple[float | None, float | None, float | None]]] = {
    "one kind is all there is": ([[MILITANTS(22)]], (22, 22, 22)),
    "a whole wins over its parts": ([[people(5), CIVILIANS(3), SOLDIERS(2)]], (5, 5, 5)),
    "a claim's own list is added up": ([[CIVILIANS(3), SOLDIERS(2)]], (5, 5, 5)),
    "an open part leaves the sum open": ([[AT_LEAST_3, SOLDIERS(2)]], (5, 5, None)),
    "a whole and a list that agree": ([[people(5)], [CIVILIANS(3), SOLDIERS(2)]], (5, 5, 5)),
    "a stated whole is best, a list shows the range": ([[people(5)], [CIVILIANS(4), SOLDIERS(2)]], (5, 5, 6)),
    "parts of two claims are never added up": ([[CIVILIANS(3)], [SOLDIERS(2)]], (3, None, None)),
    "a part of another claim is no second number": ([[people(5)], [CIVILIANS(3)]], (3, 5, 5)),
    "a part above the whole opens the range": ([[people(5)], [CIVILIANS(3), SOLDIERS(2)], [SOLDIERS(9)]], (5, 5, None)),
    "leaders may be among the militants": ([[MILITANTS(10), killed(2, "militant_leader")]], (10, None, 12)),
    "a marked part counts once": ([[MILITANTS(10), killed(2, "militant_leader", part_of="10")]], (10, 10, 10)),
    "prisoners may be civilians": ([[CIVILIANS(3), killed(2, "prisoner")]], (3, None, 5)),
    "things are no persons": ([[killed(40, "other"), CIVILIANS(3)]], (3, 3, 3)),
    "two owners are apart": (
        [[killed(2, "security_force", of="Malian army"), killed(3, "security_force", of="Nigerien army")]],
        (5, 5, 5),
    ),
}


LISTS: dict[str, tuple[list[Figure], float]] = {
    "men and women are others": ([people(2, words="Two men"), CIVILIANS(1, words="a woman")], 3),
    "grown-ups and children are others": ([people(3, words="three adults"), CIVILIANS(1, words="a child")], 4),
    "whoever counts them": ([CIVILIANS(1, words="a mother"), CIVILIANS(2, words="two children")], 3),
    "a girl is one of the children": ([CIVILIANS(2, words="two children"), CIVILIANS(1, words="a girl")], 2),
    "a whole wins over the list": ([people(5, words="five people"), people(2, words="two men"), people(1, words="a woman")], 5),
    "men and women together are grown-ups": ([people(4, words="four men and women"), people(1, words="a boy")], 5),
    "words that tell no sex or age list nobody apart": ([people(3, words="three students"), people(2, words="two men")], 3),
    "a counted part is in the whole": ([people(3, words="three men"), people(1, words="a woman", part_of="three men")], 3),
}


@pytest.mark.parametrize("name", LISTS)
def test_what_one_claim_lists_by_sex_or_age_is_added_up(name: str) -> None:
    """ "Two men and a woman were killed": three."""
    figures, best = LISTS[name]
    [total] = event_totals([says(*figures)])
    assert total.best == best


def test_a_list_of_one_kind_is_one_figure_of_its_event() -> None:
    """And says which words were added up; two claims are never a list."""
    mother, children = CIVILIANS(1, words="a mother"), CIVILIANS(2, words="two children")
    [figure] = event_figures([says(mother, children)])
    assert (figure.low, figure.best, figure.high) == (3, 3, 3)
    [apart] = event_figures([says(mother), says(children, paper="Post")])
    assert (apart.low, apart.high) == (1, 2)


@pytest.mark.parametrize("name", TOTALS)
def test_total(name: str) -> None:
    claims, bounds = TOTALS[name]
    (total,) = event_totals([says(*figures, paper=f"Paper {n}") for n, figures in enumerate(claims)])
    assert (total.measure, total.object) == ("killed", "person")
    assert (total.low, total.best, total.high) == bounds


def test_a_total_says_how_it_was_made() -> None:
    (listed,) = event_totals([says(CIVILIANS(3), SOLDIERS(2))])
    assert listed.rule == "the only figure, from a source of type media; the parts that one claim lists, added up: 3 + 2"
    (parts,) = event_totals([says(CIVILIANS(3)), says(SOLDIERS(2), paper="Post")])
    assert parts.rule == "no claim tells the whole; parts that several claims tell are not added up"


def test_each_toll_has_its_total() -> None:
    """Dead and wounded are counted apart; denied tolls and things destroyed count nowhere."""
    incident = says(CIVILIANS(3), make_figure(7, "wounded", "civilian"), make_figure(2, "destroyed", "vehicle"))
    denied = says(SOLDIERS(0), paper="Post", certainty="denied")
    assert [(total.measure, total.best) for total in event_totals([incident, denied])] == [("killed", 3), ("wounded", 7)]
