"""What the page says about values: captions, hidden characters, outlines, offsets, embedded JSON."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import captions
from dateline.exports.page.data import Utf16
from dateline.exports.page.embed import script_json
from dateline.exports.page.outlines import provinces_near
from dateline.exports.page.visible import chips
from dateline.hidden import hidden_names
from dateline.model import Figure, Interval, Place, Source, Span, report_of

ANY_TEXT = st.text(st.characters(codec=None))
SOMEWHERE = Span(0, 1)


@pytest.mark.parametrize(
    ("bounds", "caption"),
    [
        ((22, 22, 22), "22 killed (militant)"),
        ((0, 0, 0), "0 killed (militant)"),
        ((155, 155, None), "≥ 155 killed (militant)"),
        ((None, 30, 30), "≤ 30 killed (militant)"),
        ((None, 30, None), "≈ 30 killed (militant)"),
        ((None, None, 10), "≤ 10 killed (militant)"),
        ((2, None, None), "≥ 2 killed (militant)"),
        ((24, None, 99), "24–99 killed (militant)"),
        ((9, 9, 14), "9–14 killed (militant, best 9)"),
        ((9, 12, None), "≥ 9 killed (militant, best 12)"),
        ((20000, None, 99999), "20,000–99,999 killed (militant)"),
        ((None, None, None), "killed (militant)"),
    ],
)
def test_a_figure_says_its_bounds_and_no_more(bounds: tuple[float | None, ...], caption: str) -> None:
    """The caption shows what is known of low, best and high; an open bound is not filled in."""
    low, best, high = bounds
    figure = Figure(
        low=low,
        best=best,
        high=high,
        measure="killed",
        object="militant",
        unit=None,
        of=None,
        part_of=None,
        words="",
        span=SOMEWHERE,
    )
    assert captions.figure(figure) == caption


def test_a_mass_has_its_unit_and_its_owner() -> None:
    """Units and the actor that things belong to stand in the caption; words of the codebook are spelled out."""
    figure = Figure(
        low=None,
        best=2.5,
        high=None,
        measure="seized+destroyed",
        object="explosive_material",
        unit="kg",
        of="Red Dune",
        part_of=None,
        words="",
        span=SOMEWHERE,
    )
    assert captions.figure(figure) == "≈ 2.5 kg seized and destroyed (explosive material of Red Dune)"


@pytest.mark.parametrize(
    ("fields", "caption"),
    [
        ({"start": date(2023, 7, 9), "end": date(2023, 7, 9), "precision": "day"}, "2023-07-09"),
        ({"start": date(2023, 7, 3), "end": date(2023, 7, 9), "precision": "week"}, "2023-07-03 to 2023-07-09"),
        ({"start": date(2023, 7, 1), "end": date(2023, 7, 31), "precision": "month"}, "2023-07"),
        ({"start": date(2023, 1, 1), "end": date(2023, 12, 31), "precision": "year"}, "2023"),
        ({"start": date(2023, 1, 1), "end": date(2023, 7, 9), "precision": "period", "since": True}, "since 2023-01-01"),
        ({"start": None, "end": date(2023, 7, 9), "precision": "period"}, "until 2023-07-09"),
        ({}, "no date can be worked out"),
    ],
)
def test_a_time_is_as_precise_as_its_words(fields: dict[str, object], caption: str) -> None:
    """A month stays a month; a phrase that nothing dates gets no date."""
    assert captions.interval(Interval(span=SOMEWHERE, words="then", **fields)) == caption  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "caption"),
    [
        (Source(), "the report itself (Tessen Times)"),
        (Source(organisation="Tessen Times"), "the report itself (Tessen Times)"),
        (Source(organisation="Northern Command"), "Northern Command"),
        (
            Source(speaker="Idris Maan", role="spokesman", organisation="Northern Command"),
            "Idris Maan, spokesman, Northern Command",
        ),
        (Source(role="resident", via=("A News", "B News")), "resident via A News, B News"),
        (Source(via=("A News",)), "the report itself (Tessen Times) via A News"),
    ],
)
def test_a_source_is_shown_from_the_speaker_outwards(source: Source, caption: str) -> None:
    """Speaker, role, organisation, then the outlets; the report speaks where nobody else does."""
    assert captions.source(source, "Tessen Times") == caption


def test_a_report_without_a_title_goes_by_its_first_line() -> None:
    """The first line that holds words stands for a missing title."""
    assert captions.report_title(report_of("\n  \nTroops advance\nMore.")) == "Troops advance"
    assert captions.report_title(report_of("")) == "(empty report)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", '<span class="chip" title="RIGHT-TO-LEFT OVERRIDE">U+202E</span>'),
        ("a\0b", '<span class="chip" title="NULL">U+0000</span>'),
        ("a\ud800b", '<span class="chip" title="CONTROL CHARACTER">U+D800</span>'),
        ("a\rb", '<span class="chip" title="CARRIAGE RETURN">U+000D</span>'),
        ("a\u200db", '<span class="chip" title="ZERO WIDTH JOINER">U+200D</span>'),
    ],
)
def test_hidden_characters_become_chips(text: str, shown: str) -> None:
    """A character that does not show, or reorders others, stands as a chip with its name."""
    assert chips(text) == f"a{shown}b"


def test_joiners_of_persian_and_line_ends_are_no_chips() -> None:
    """Zero-width non-joiners spell Persian words; CRLF ends lines."""
    assert chips("می\u200cروند\r\n\tthen") == "می\u200cروند\r\n\tthen"
    assert hidden_names(["می\u200cروند\r\n", "x\u202e"]) == {"U+202E": "RIGHT-TO-LEFT OVERRIDE"}


@given(ANY_TEXT)
def test_chips_add_no_markup_of_the_text(text: str) -> None:
    """Whatever the text, its own angle brackets and quotes are escaped."""
    bare = chips(text).replace('<span class="chip" title="', "").replace("</span>", "").replace('">U+', "")
    assert "<" not in bare
    assert ">" not in bare


@given(ANY_TEXT)
def test_embedded_json_is_safe_and_loses_nothing(text: str) -> None:
    """No bracket that could end the script element, no character that UTF-8 lacks, and the same text back."""
    code = script_json({"text": text})
    assert not set("<>&\u2028\u2029\u202e") & set(code)
    code.encode("utf-8")
    # JSON joins two escaped halves of a pair; Python may hold them apart.
    assert json.loads(code)["text"].encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")


@given(ANY_TEXT, st.data())
def test_offsets_in_utf16_cut_the_same_words(text: str, data: st.DataObject) -> None:
    """A span of code points and its span of UTF-16 units cover the same characters."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = Utf16(text)(Span(start, end))
    units = text.encode("utf-16-le", "surrogatepass")[2 * first : 2 * last]
    assert units == text[start:end].encode("utf-16-le", "surrogatepass")


def place(name: str, lat: float, lon: float, kind: str, precision: int) -> Place:
    return Place(id=name, name=name, kind=kind, lat=lat, lon=lon, geo_precision=precision)  # type: ignore[arg-type]


def test_a_province_is_drawn_by_its_outline_and_a_town_is_not() -> None:
    """The outline that a province's point lies in; a country is all of its provinces; towns and mountains have none."""
    places = [
        place("Anbar", 32.9, 41.6, "admin1", 3),
        place("Iraq", 33.0, 44.0, "country", 3),
        place("Sharqat", 35.51, 43.23, "settlement", 1),
        place("Hamrin", 34.6, 44.6, "mountain", 3),
    ]
    topology, outlines = provinces_near(places)
    assert topology is not None
    assert {name: len(areas) for name, areas in outlines.items()} == {"Anbar": 1, "Iraq": 18}
    assert {"Iraq", "Syria"} <= {geometry["c"] for geometry in topology["geometries"]}
    used = {n if n >= 0 else ~n for g in topology["geometries"] for n in _flat(g["arcs"])}
    assert used == set(range(len(topology["arcs"])))


def _flat(refs: object) -> list[int]:
    return [n for ref in refs for n in _flat(ref)] if isinstance(refs, list) else [refs]  # type: ignore[list-item]


def test_places_on_four_continents_stay_within_the_limit() -> None:
    """Provinces are taken for as many countries as fit, those with places in them first."""
    places = [
        place("Donetsk", 48.0, 37.8, "settlement", 1),
        place("Gao", 16.27, -0.04, "settlement", 1),
        place("Lashio", 22.93, 97.75, "settlement", 1),
        place("Cauca", 2.5, -76.8, "admin1", 3),
        place("Ottawa", 45.4, -75.7, "settlement", 1),
    ]
    topology, outlines = provinces_near(places)
    assert topology is not None
    countries = {geometry["c"] for geometry in topology["geometries"]}
    assert {"Ukraine", "Mali", "Myanmar", "Colombia"} <= countries
    assert len(outlines["Cauca"]) == 1
    assert len(json.dumps(topology, separators=(",", ":"))) < 800_000


def test_no_place_needs_no_provinces() -> None:
    """A page without coordinates carries the coarse world only."""
    assert provinces_near([]) == (None, {})
