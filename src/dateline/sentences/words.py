"""Word lists of this stage: abbreviations, words that begin sentences, lines of site furniture."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load


class Abbreviations(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/en/abbreviations.yaml"""

    before_names: frozenset[str]
    small: frozenset[str]
    before_numbers: frozenset[str]
    can_end: frozenset[str]
    starters: frozenset[str]


class Furniture(Struct, frozen=True, forbid_unknown_fields=True):
    """lexicon/en/furniture.yaml"""

    teaser_headings: frozenset[str]
    teaser_openings: tuple[str, ...]
    comments: tuple[str, ...]
    via: tuple[str, ...]
    furniture_lines: frozenset[str]
    furniture_openings: tuple[str, ...]
    furniture_endings: tuple[str, ...]
    sections: frozenset[str]
    section_endings: tuple[str, ...]
    caption_openings: tuple[str, ...]
    caption_marks: tuple[str, ...]


@cache
def abbreviations() -> Abbreviations:
    return load("en/abbreviations.yaml", Abbreviations)


def starters() -> frozenset[str]:
    return abbreviations().starters


@cache
def furniture() -> Furniture:
    return load("en/furniture.yaml", Furniture)


@cache
def date_words() -> frozenset[str]:
    """Words that a line with only a date or time can hold: months, weekdays, labels, marks of the clock."""
    calendar = load("en/times.yaml", _Calendar)
    labels = load("en/bylines.yaml", _Labels).published
    listed = [word for names in (*calendar.months, *calendar.weekdays) for word in names]
    spoken = [word for label in labels for word in label.split()]
    return frozenset(
        [*listed, *spoken, "am", "pm", "gmt", "utc", "updated", "last", "modified", "date", "st", "nd", "rd", "th", "of"]
    )


class _Calendar(Struct):
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]


class _Labels(Struct):
    published: tuple[str, ...]
