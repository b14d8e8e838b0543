"""Times: the phrases of tests/phrases/en/times.yaml, what they are counted from, and what holds for any text."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import dateline
from dateline.mentions.calendar import easter_sunday, movable_feast, shrink
from dateline.mentions.times import find_times
from dateline.model import Interval, Reading, Region, Sentence, Span, TimeMention, report_of

PUBLISHED = date(2024, 7, 24)  # a Wednesday
TABLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "phrases/en/times.yaml").read_text(encoding="utf-8"))
SAID = [(said, row["means"]) for row in TABLE for said in row["said"]]


def times(text: str, published: date | None = PUBLISHED) -> list[Interval]:
    reading = find_times(Reading(report=report_of(text, published=published)))
    return [m.interval for m in reading.mentions if isinstance(m, TimeMention)]


@pytest.mark.parametrize(("said", "means"), [(s, m) for s, m in SAID if m != "nothing"])
@pytest.mark.parametrize("frame", ["{} gunmen came.", "Gunmen came {}, they said.", "Gunmen\ncame {}."])
def test_a_time_phrase_is_read_whole_and_as_meant(said: str, means: list[Any], frame: str) -> None:
    """Each phrase of the table is one mention, word for word, with the days and the precision of its row."""
    said = said[:1].upper() + said[1:] if frame.startswith("{}") else said
    found = times(frame.format(said))
    assert [f.words for f in found] == [said]
    assert [found[0].start, found[0].end, found[0].precision] == means


@pytest.mark.parametrize("said", [s for s, m in SAID if m == "nothing"])
def test_words_that_only_look_like_a_time_are_none(said: str) -> None:
    """A verb, a name, a count: no time."""
    assert times(f"Witnesses said {said}.") == []


@pytest.mark.parametrize("said", ["on Sunday", "last week", "yesterday", "on 5 May", "two weeks ago", "in the last 24 hours"])
def test_nothing_is_counted_from_nowhere(said: str) -> None:
    """Without a date of publication the words and the precision are kept and no day is guessed."""
    found = times(f"Gunmen came {said}.", published=None)[0]
    assert (found.words, found.start, found.end, found.anchor) == (said, None, None, None)
    assert found.precision in {"day", "week"}


def test_a_relative_time_names_what_it_was_counted_from() -> None:
    """A reader can check the day: the anchor and where it is from are kept."""
    yesterday, explicit = times("They came yesterday and on 3 May 2011.")
    assert (yesterday.anchor, yesterday.anchor_from) == (PUBLISHED, "published")
    assert (explicit.anchor, explicit.anchor_from) == (None, None)


def test_the_next_day_is_counted_from_the_day_before_it_in_the_text() -> None:
    """ "the following day" and "four days later" hang on the last day that the text has named."""
    first, following, later = times("On 3 May 2011 they fled. The following day they were back. Four days later they left.")
    assert (following.start, following.anchor, following.anchor_from) == (date(2011, 5, 4), first.start, "On 3 May 2011")
    assert later.start == date(2011, 5, 8)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Brussels, 3 June 2024", date(2024, 6, 2)),
        ("Monday, June 3, 2024", date(2024, 6, 2)),
        ("2024-06-03T10:00:00Z", date(2024, 6, 2)),
        ("Posted on: 03/06/2024 - 14:33", None),  # 3 June, or 6 March
        ("Posted on: 23/06/2024 - 14:33", date(2024, 6, 22)),
    ],
)
def test_a_line_of_the_head_serves_where_no_date_of_publication_is_known(head: str, day: date | None) -> None:
    """ "yesterday" counts from the day on a line of its own below the headline, where it can be read in one way."""
    reading = dateline.read(f"Rebels flee to the hills\n\n{head}\n\nNine rebels were killed yesterday.")
    time = reading.claims[-1].time
    assert time is not None
    assert (time.words, time.start) == ("yesterday", day)


def test_a_date_without_a_year_lies_in_the_year_said_before_it() -> None:
    """In a report with no date, "on 5 May" after "in May 2011" is of 2011; a bare year alone lends nothing."""
    assert times("In May 2011 fighting began. On 5 May the town fell.", published=None)[1].start == date(2011, 5, 5)
    assert times("In 2011 fighting began. On 5 May the town fell.", published=None)[1].start is None


def test_a_date_without_a_year_is_the_latest_one_that_a_report_can_look_back_on() -> None:
    """December, read in January, is last year's; a date a few days ahead is this year's."""
    assert times("On Dec. 28 they fled.", date(2017, 1, 9))[0].start == date(2016, 12, 28)
    assert times("Elections on 5 August follow.")[0].start == date(2024, 8, 5)


def test_a_dateline_serves_where_no_date_of_publication_is_known() -> None:
    """ "yesterday" counts from the full date in the report's dateline, which is named as the anchor."""
    text = "LIMA, 3 JAN 90 -- Rebels fled yesterday."
    body = text.index("Rebels")
    reading = find_times(
        Reading(
            report=report_of(text),
            regions=(Region(Span(0, body), "dateline"), Region(Span(body, len(text)), "body")),
            sentences=(Sentence(Span(body, len(text)), "body", 0),),
        )
    )
    interval = next(m.interval for m in reading.mentions if isinstance(m, TimeMention))
    assert (interval.words, interval.start, interval.anchor_from) == ("yesterday", date(1990, 1, 2), "3 JAN 90")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The council will vote on Friday.", (date(2024, 7, 26), date(2024, 7, 26))),
        ("Talks are due in October.", (date(2024, 10, 1), date(2024, 10, 31))),
        ("They plan to open ten posts by September.", (None, date(2024, 9, 30))),
        ("A march was called for Saturday.", (date(2024, 7, 27), date(2024, 7, 27))),
        ("Next to the river, a bridge will be built between December and March.", (date(2024, 12, 1), date(2025, 3, 31))),
        ("The inquiry is to be completed within 20 days.", (date(2024, 7, 24), date(2024, 8, 13))),
        ("The envoy will visit this week.", (date(2024, 7, 22), date(2024, 7, 28))),
        ("In November the army will leave.", (date(2024, 11, 1), date(2024, 11, 30))),
    ],
)
def test_a_sentence_that_looks_ahead_counts_ahead(text: str, days: tuple[date | None, date]) -> None:
    """What stands before the time in its clause says which Friday it is."""
    found = times(text)[-1]
    assert (found.start, found.end) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The army will leave, he said on Friday.", date(2024, 7, 19)),
        ("They will try the men who fled on Friday.", date(2024, 7, 19)),
        ("The city will pay for houses burned on Friday.", date(2024, 7, 19)),
        ("They will bury the dead of Friday's attack.", date(2024, 7, 19)),
    ],
)
def test_what_has_happened_is_not_ahead(text: str, day: date) -> None:
    """A verb of the past between "will" and the day, or the act of that day, takes it back."""
    assert times(text)[-1].start == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 3 May gunmen came. At about 11pm they left.", (date(2024, 5, 3), date(2024, 5, 3))),
        ("On 3 May gunmen came. Hours later they left.", (date(2024, 5, 3), date(2024, 5, 3))),
        ("On 3 May gunmen came. They had been seen the evening before.", (date(2024, 5, 2), date(2024, 5, 2))),
        ("On 3 May gunmen came. Since then nobody sleeps.", (date(2024, 5, 3), None)),
        ("He was held in May 2011 and freed eight months later.", (date(2012, 1, 1), date(2012, 1, 31))),
        ("They fought in 2013. In May of that year they lost.", (date(2013, 5, 1), date(2013, 5, 31))),
        ("There were 9 raids in 2022, down from 12 the year before.", (date(2021, 1, 1), date(2021, 12, 31))),
        ("So far this year 9 died, against 4 in the same period of 2022.", (date(2022, 1, 1), date(2022, 7, 24))),
        ("They were freed on 9 May, five days after they were seized.", (date(2024, 5, 4), date(2024, 5, 4))),
    ],
)
def test_times_that_hang_on_a_time_before_them(text: str, days: tuple[date, date | None]) -> None:
    """Clock times, "since then", "that year": counted from the last day, stretch or year that the text has named."""
    found = times(text)[-1]
    assert (found.start, found.end) == days


def test_the_day_of_a_speech_is_not_the_day_of_the_news() -> None:
    """ "At noon" after "officials said on Monday" is still of the day that the news is at."""
    assert times("On 3 May gunmen came, officials said on Monday. At noon they left.")[-1].start == date(2024, 5, 3)


def test_a_line_of_a_running_log_is_of_the_day_of_the_report() -> None:
    """A time of the clock at the start of a line dates the line."""
    assert times("On 3 May gunmen came.\n\n07:10 - Shells fell.")[-1].start == PUBLISHED


def test_the_year_of_the_title_dates_a_report_without_a_date() -> None:
    """ "Timeline of the war (2016)": its days that say no year are of 2016."""
    report = report_of("On 11 October they came.", title="Timeline of the river war (2016)")
    found = [m.interval.start for m in find_times(Reading(report=report)).mentions if isinstance(m, TimeMention)]
    assert found == [date(2016, 10, 11)]


def test_a_year_is_not_taken_over_where_the_text_may_have_left_it() -> None:
    """After August 2021, "in March" may be of the next year; what lies ahead may be too."""
    assert times("In August 2021 they won. In March a bomb went off.", published=None)[1].start is None
    assert times("In May 2021 they won. They will return in October.", published=None)[1].start is None


@pytest.mark.parametrize(("text", "day"), [("They left on the 11th.", 11), ("They came on the 30th, at dawn.", 30)])
def test_a_day_of_the_month_is_the_last_one_before_the_report(text: str, day: int) -> None:
    """ "on the 30th" in a report of the 24th is of the month before; "the 4th floor" is no day."""
    assert times(text)[0].start == date(2024, 7 if day <= PUBLISHED.day else 6, day)


def test_weeks_run_from_sunday_in_the_united_states() -> None:
    """Elsewhere from Monday, as ISO 8601 has it."""
    report = report_of("They came this week.", published=PUBLISHED, publisher="CENTCOM")
    found = [m.interval.start for m in find_times(Reading(report=report)).mentions if isinstance(m, TimeMention)]
    assert found == [date(2024, 7, 21)]


def test_a_bare_year_counts_where_it_names_an_act_or_opens_a_line() -> None:
    """ "the 2016 bombing", "the attack of 2019," and the first cell of a line are years; counts are not."""
    assert [t.words for t in times("After the 2016 bombing and the raid of 2019, they left.\n2018    12 dead\n2021\t3 dead")] == [
        "After the 2016", "2019", "2018", "2021",
    ]  # fmt: skip
    assert times("A force of 2010 men met 2000 rebels.") == []


def test_since_is_open_towards_the_report() -> None:
    """A tally since a day has a start and no end."""
    found = times("Nine were killed since 3 May.")[0]
    assert (found.start, found.end, found.since) == (date(2024, 5, 3), None, True)


def test_only_read_regions_are_searched() -> None:
    """Times in comments or teasers are not of the report."""
    text = "They fled on Sunday. Posted on Monday."
    cut = text.index("Posted")
    sentences = (Sentence(Span(0, cut - 1), "body", 0), Sentence(Span(cut, len(text)), "comments", 0))
    reading = find_times(Reading(report=report_of(text, published=PUBLISHED), sentences=sentences))
    assert [m.span.of(text) for m in reading.mentions] == ["on Sunday"]


def test_movable_feasts_fall_on_their_known_days() -> None:
    """Easter and Thanksgiving of years that anybody can look up."""
    assert [easter_sunday(y) for y in (2000, 2019, 2024, 2025)] == [
        date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31), date(2025, 4, 20),
    ]  # fmt: skip
    assert movable_feast("thanksgiving", 2016) == date(2016, 11, 24)


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.sampled_from(["early", "middle", "late", "first half", "second half"]))
def test_a_part_of_a_month_lies_in_the_month(day: date, part: str) -> None:
    """No part of a stretch reaches beyond it."""
    start = day.replace(day=1)
    end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    first, last = shrink((start, end), part)
    assert start <= first <= last <= end


WORDS = st.sampled_from(
    [s for s, _ in SAID]
    + ["31 June", "30 February 2020", "in 2017", "since", "early", "Sunday", "(", ")", "killed", "12", ",", ".", "'s"]
)


@given(st.lists(WORDS, max_size=12), st.one_of(st.none(), st.dates()))
def test_whatever_the_words_a_time_is_a_cut_of_the_text_and_runs_forward(words: list[str], published: date | None) -> None:
    """Any heap of time words: spans cut their words, do not overlap, start is not after end, nothing is guessed."""
    text = " ".join(words)
    found = times(text, published)
    for interval in found:
        assert interval.span.of(text) == interval.words
        assert interval.start is None or interval.end is None or interval.start <= interval.end
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_times(text: str) -> None:
    """No text crashes the stage, and its mentions lie in it."""
    assert all(0 <= i.span.start < i.span.end <= len(text) for i in times(text))


@pytest.mark.parametrize(
    ("head", "said", "days"),
    [
        ("Quarterly report, April to June 2024", "during the reporting period", (date(2024, 4, 1), date(2024, 6, 30))),
        ("Quarterly report, April to June 2024", "in the quarter", (date(2024, 4, 1), date(2024, 6, 30))),
        ("Situation report, 1 - 15 July 2024", "in that period", (date(2024, 7, 1), date(2024, 7, 15))),
        ("Situation report, 1 - 15 July 2024", "in the quarter", (None, None)),
        ("Situation report", "in the reporting period", (None, None)),
    ],
)
def test_the_reporting_period_is_the_one_that_the_head_names(head: str, said: str, days: tuple[date | None, date | None]) -> None:
    """ "In the quarter" is the quarter of the title; where the head names none of that length, no day is given."""
    found = times(f"{head}\n\nTwelve detainees died {said}.")[-1]
    assert (found.start, found.end) == days
