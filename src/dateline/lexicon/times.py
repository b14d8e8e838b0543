"""The lexicon of times (`en/times.yaml`)."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load


class TimeWords(Struct, frozen=True):
    """Words of time; see `en/times.yaml` for each list."""

    months: tuple[tuple[str, ...], ...]
    shy_months: frozenset[str]
    weekdays: tuple[tuple[str, ...], ...]
    seasons: dict[str, tuple[int, int]]
    units: dict[str, tuple[str, ...]]
    holidays: dict[str, tuple[int, int]]
    movable: tuple[str, ...]
    lunar: tuple[str, ...]
    other_months: tuple[str, ...]
    annual: tuple[str, ...]
    day_parts: tuple[str, ...]
    hours_of_day: tuple[str, ...]
    vague_times: tuple[str, ...]
    present: tuple[str, ...]
    vague: tuple[str, ...]
    bounds: tuple[str, ...]
    day_names: tuple[str, ...]
    parts: dict[str, str]
    event_nouns: tuple[str, ...]
    event_verbs: tuple[str, ...]
    names_after: frozenset[str]
    after_year: frozenset[str]
    ahead: tuple[str, ...]
    not_ahead: tuple[str, ...]
    saying: tuple[str, ...]
    comparisons: tuple[str, ...]
    sunday_weeks: tuple[str, ...]

    def month(self, word: str) -> int:
        """1 for January; `word` in lower case, with or without its full stop."""
        return 1 + next(i for i, names in enumerate(self.months) if word.rstrip(".") in names)

    def weekday(self, word: str) -> int:
        """0 for Monday, as `date.weekday`."""
        return next(i for i, names in enumerate(self.weekdays) if word.rstrip(".") in names)

    def unit(self, word: str) -> str:
        """ "weeks" -> "week"."""
        return next(unit for unit, names in self.units.items() if word in names)


@cache
def time_words() -> TimeWords:
    return load("en/times.yaml", TimeWords)
