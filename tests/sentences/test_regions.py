"""Parts of a report's text: what is read, and what a page puts around it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Reading, report_of
from dateline.sentences.regions import mark_regions

PAGE = """Harbour News

Army clears three villages near the lake

By Mariam Toure in Zinder


A convoy on the lake road on Monday. [Photo courtesy of the governor's office]

Soldiers cleared three villages on the shore of the lake, the governor said on Monday evening.

Calm returns

Families began to come home two days later, according to the district council.

Source: Lake Radio

Check Also

Ten things to know about the harvest

The harvest is late this year ...
"""


def kinds(text: str, **known: object) -> dict[str, str]:
    """The words of each region (first words) and its kind."""
    regions = mark_regions(Reading(report=report_of(text, **known))).regions
    return {region.span.of(text).strip().split("\n")[0][:24]: region.kind for region in regions}


def test_page_is_parted_into_what_is_read_and_what_is_not() -> None:
    """Section, headline, by-line, caption, body, subhead, outlet and teaser each get their own region."""
    assert kinds(PAGE) == {
        "Harbour News": "furniture",
        "Army clears three villag": "headline",
        "By Mariam Toure in Zinde": "byline",
        "A convoy on the lake roa": "caption",
        "Soldiers cleared three v": "body",
        "Calm returns": "subhead",
        "Families began to come h": "body",
        "Source: Lake Radio": "via",
        "Check Also": "teaser",
    }


def test_headline_told_twice_is_marked_as_repeated() -> None:
    text = "Two bridges blown up in the north\n\nTwo bridges blown up in the north\n\nBoth bridges fell into the river at dawn."
    assert list(kinds(text).values()) == ["repeated_headline", "body"]
    regions = mark_regions(Reading(report=report_of(text))).regions
    assert [region.kind for region in regions] == ["headline", "repeated_headline", "body"]


def test_title_of_the_report_finds_the_headline_even_with_a_full_stop() -> None:
    text = "Rebels left the town.\n\nThe last of the rebels left the town on Friday, the mayor said."
    assert list(kinds(text, title="Rebels left the town").values()) == ["headline", "body"]


def test_author_and_date_lines_below_the_headline_are_bylines() -> None:
    text = "The border after the truce\n\nSamira Haddad\n\n2021 / 3 / 14\n\nThe border has been quiet since, and traders came."
    assert kinds(text)["Samira Haddad"] == "byline"


def test_comments_run_to_the_end_of_the_page() -> None:
    text = "Gunmen freed four drivers on Tuesday after some talks.\n\nDo you like this article?\n\n2 Comment(s)\nGreat news."
    assert list(kinds(text).values()) == ["body", "comments"]


def test_inline_teaser_does_not_swallow_the_text_after_it() -> None:
    text = (
        "The army entered the town of Ber on Monday, a spokesman said in a statement.\n\n"
        "Read also: Talks open in the capital\n\n"
        "Two soldiers were wounded by a mine on the way there, the spokesman added later."
    )
    assert list(kinds(text).values()) == ["body", "teaser", "body"]


def test_teaser_box_in_the_middle_ends_where_running_text_goes_on() -> None:
    body = "The army entered the town of Ber on Monday, a spokesman said in a statement."
    text = "\n\n".join([body, "Related", "Talks open in the capital", body, body, body])
    assert list(kinds(text)) == [body[:24], "Related"]
    assert [r.kind for r in mark_regions(Reading(report=report_of(text))).regions] == ["body", "teaser", "body"]


def test_dateline_is_marked_and_parted_from_the_sentence() -> None:
    for text in (
        "GOMA, Nov. 6, 2016 (Agency) -- Fighters left the camp.",
        "GOMA (Agency) — Fighters left the camp.",
        "Goma, North Kivu (Agency) - Fighters left the camp.",
        "KABUL: Fighters left the camp.",
        "GENEVA (12 May 2023) – Fighters left the camp.",
        "Goma, 12 May 2023 - Fighters left the camp.",
        "Goma, May 12th, 2023 (Radio Goma). Fighters left the camp.",
    ):
        regions = mark_regions(Reading(report=report_of(text))).regions
        assert [r.kind for r in regions] == ["dateline", "body"], text
        assert regions[1].span.of(text) == "Fighters left the camp.", text


def test_a_place_and_a_day_on_a_line_of_their_own_are_a_dateline() -> None:
    """ "Brussels, 3 June 2024" below the headline; a title that ends with a day stays the title."""
    text = "Fighters leave the camp\n\nBrussels, 3 June 2024\n\nThe last fighters left the camp on Monday, the mission said."
    assert [r.kind for r in mark_regions(Reading(report=report_of(text))).regions] == ["headline", "dateline", "body"]
    titled = "Raid on Kidal, 3 June 2024\n\nThe last fighters left the camp on Monday, the mission said."
    assert [r.kind for r in mark_regions(Reading(report=report_of(titled))).regions] == ["headline", "body"]


def test_capitals_alone_make_no_dateline() -> None:
    for text in ("HE ADDED: THE CAMP IS EMPTY.", "UPDATE: Fighters left the camp.", "The camp is empty - he said."):
        assert [r.kind for r in mark_regions(Reading(report=report_of(text))).regions] == ["body"], text


def test_body_text_is_never_furniture() -> None:
    """Sentences that begin or end like page furniture stay text."""
    for text in (
        "Source of the fire was a mortar shell, the mayor said, and more shells fell in the night.",
        "By Monday the army had taken the hill.",
        "Related clashes killed two in the next valley.",
        "More than ten shops were burnt.",
        "Security forces found a copy of the plan in the house and arrested two men.",
        "Comments by the minister set off protests in three towns.",
    ):
        assert [r.kind for r in mark_regions(Reading(report=report_of(text))).regions] == ["body"], text


WORDS = st.text(st.sampled_from('ab Z.!?:"“”()[]-–\n\r\t\u00a0\u200f19,…') | st.characters(codec="utf-8"), max_size=300)


@given(st.one_of(WORDS, st.lists(st.sampled_from(PAGE.splitlines(keepends=True))).map("".join)))
def test_regions_cover_the_text_without_gap_or_overlap(text: str) -> None:
    regions = mark_regions(Reading(report=report_of(text))).regions
    assert "".join(region.span.of(text) for region in regions) == text
    assert all(a.span.end == b.span.start and a.kind != b.kind for a, b in pairwise(regions))
