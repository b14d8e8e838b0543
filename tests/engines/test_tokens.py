"""Words of a text, as the English treebanks cut them."""

import gzip
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.engines.tokens import word_spans
from dateline.model import plain_view

TREEBANKS = Path(__file__).resolve().parents[3] / "shared" / "train"

# "|" stands between two words that are written together, a blank between all others; in a table of marks it is no mark.
CLITICS = [
    "They do|n't know|, and they ca|n't|.",
    "I|'m sure we|'ve won|; you|'ll see that she|'d leave|.",
    "DO|N'T MOVE|, IT|'S MINED",
    "Iraq|'s army and the soldiers|' pay",
    "They can|not stay|; Can|not is not Canton|.",
    "We|'re gon|na leave and they wan|na stay|.",
    "They do|nt know and you ca|nt say|.",
    "Shi'ite and Ba'athist fighters of Sana'a|, al|-|Sha'lan and O'Connor",
    "The 1980's were no better than the '90s|.",
    "The group|'s men|'s guns|'|.",
    "I|'d|'ve gone",
]
HYPHENS = [
    "al|-|Qaeda in al|-|Anbar and Abu Bakr al|-|Baghdadi",
    "An F|-|16 and an AK|-|47 were hit|.",
    "a 26|-|year|-|old man of the so|-|called state",
    "pro-government|, anti-tank and non-Arab forces re-entered in mid-2014|.",
    "a UN|-|led and US|-|backed force",
    "Jaish|-|e|-|Mohammed and Hizb|-|ul|-|Mujahideen",
    "Call 555-123-4567 between 2010|-|2014|.",
    "They left -- and came back --|so he said|--|at dawn|.",
    "the north|- and southbound road",
    "He went th- th- there",
]
STOPS = [
    "The U.S. Army and Lt. Gen. J. P. Okoro met on Jan. 8 at 5 p.m. in Washington|, D.C.|, he said|.",
    "Article No. 5 was used|. They said no|.",
    "He bought rice|, oil|, etc. and left|. They took guns|, oil|, etc|.",
    "It began in Dec|. The truce came in May|.",
    "St. Mary|'s Church on 5th Ave. was hit|.",
    "He sat in the sun|. Ahmed left|.",
    "Acme Inc.|, of Texas|, and Smith Ltd. said so|.",
    "So did I|. Nobody knew|.",
    "He was freed|.|The army left|.",
    "They left |... He said|...|nothing|.",
    "Is it over|?! No|!!!",
    "e.g. a Ph.D. thesis|, i.e. a book|.",
    'It was (|he said|) "|over|.|"',
    "He left the U.S.",
]
NUMBERS = [
    "Some 1,200 men took 7.5|km and 10|% of it for $|5|m or US$ 3.2|bn|.",
    "At 10:30 on 12/05/2019|, or 2019-05-12|, or 12.05.2019",
    "At 5|pm|, 500|kg of it and a 9|mm pistol in the 1980s and the 21st century",
    "He rode 20|km|/|h for 1/2 a day|.",
    "the 9/11 attacks",
    "#|5 and No. 7 of the 5th|-|largest army",
    "Temperatures of 45|\N{DEGREE SIGN}|C",
    "30,000|-|strong",
    "a gun of 7.62x39mm",
]
MARKS = [
    "See http://example.org/a/b.html?c=1|, or example.org|, or (|www.example.org/x|)|.",
    "Write to press.office@example.org|, to @speaker or to #ceasefire|.",
    "men and|/|or women|, his|/|her w/o a permit",
    "AT&T and P&L",
    "[|1|] {|a|} <|b|> (|(|c|)|)",
    "a |* b",
    "name|(|s|)",
    "*** NOTE ***",
    "Caf\u0065\u0301|, na\u0069\u0308ve",
]


def words(text: str) -> list[str]:
    view = plain_view(text)
    return [text[a:b] for a, b in word_spans(view, 0, len(view))]


@pytest.mark.parametrize("row", [*CLITICS, *HYPHENS, *STOPS, *NUMBERS, *MARKS])
def test_words_are_cut_as_the_treebanks_cut_them(row: str) -> None:
    assert words(row.replace("|", "")) == row.replace("|", " ").split()


@pytest.mark.parametrize("text", ["They don\u2019t", "They\ndon't", "They\u00a0don\u02bct"])
def test_spelling_of_marks_and_blanks_does_not_matter(text: str) -> None:
    assert [len(word) for word in words(text)] == [4, 2, 3]


def test_the_last_stop_is_a_word_of_its_own() -> None:
    """Even behind an abbreviation, where quotes and brackets follow at most."""
    assert words('He works for Acme Inc."')[-3:] == ["Inc", ".", '"']
    assert words("He works for Acme Inc.)")[-3:] == ["Inc", ".", ")"]
    assert words("") == words("  \n ") == []


PIECES = st.lists(st.sampled_from([*"aZé5.,'\"-/@#$%&*_:;!?() \n", "n't", "can", "not", "U.S.", "No.", "etc.", "http://", "co-"]))
TEXTS = st.one_of(st.text(), PIECES.map("".join))


@given(TEXTS)
def test_words_cover_all_but_blanks(text: str) -> None:
    """In order, none empty, none overlapping, no blank in a word and no other character outside of all."""
    view = plain_view(text)
    spans = word_spans(view, 0, len(view))
    covered = [i for a, b in spans for i in range(a, b)]
    assert all(a < b for a, b in spans)
    assert covered == [i for i, c in enumerate(view) if not c.isspace()]
    assert spans == word_spans(view, 0, len(view))


@given(TEXTS, TEXTS, TEXTS)
def test_what_stands_around_a_part_does_not_matter(before: str, part: str, after: str) -> None:
    views = [plain_view(t) for t in (before, part, after)]
    start, end = len(views[0]), len(views[0]) + len(views[1])
    alone = word_spans(views[1], 0, len(views[1]))
    assert word_spans("".join(views), start, end) == [(start + a, start + b) for a, b in alone]


@pytest.mark.parametrize(
    "run",
    ["-", "a.a.", "ab.", "'''", "a'", "a-", "@", "a@", "1,", "1-", "1/", "http://", "www.,", "a.b@", "x*", "A&", "J. (", "No. '",
     ".1", "n't", "co-", "$", "!.", "\N{COMBINING ACUTE ACCENT}"],
)  # fmt: skip
def test_time_grows_as_the_text_does(run: str) -> None:
    """No run of marks or words costs the square of its length: that would be minutes here."""
    text = plain_view(run * (100_000 // len(run)))
    begin = time.perf_counter()
    word_spans(text, 0, len(text))
    assert time.perf_counter() - begin < 5


# F1 of the spans when this was written: 99.26 and 99.93.
@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks stand beside the repository, not in it")
@pytest.mark.parametrize("files", [["sa/ewt-dev"], ["core/gum-dev", "sa/gum-dev"]])
def test_words_are_those_of_the_treebanks(files: list[str]) -> None:
    shared = cut = gold = 0
    for file in files:
        for view, spans in paragraphs(TREEBANKS / f"{file}.conllu.gz"):
            found = word_spans(view, 0, len(view))
            shared += len(set(found) & set(spans))
            cut += len(found)
            gold += len(spans)
    assert 2 * shared / (cut + gold) >= 0.99


def paragraphs(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The plain view of every paragraph of a treebank, one blank between its sentences, with the offsets of its words."""
    text, spans = "", list[tuple[int, int]]()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            lines = block.split("\n")
            if spans and any(line.startswith(("# newpar", "# newdoc")) for line in lines):
                yield plain_view(text), spans
                text, spans = "", []
            for word, blank in written(lines):
                spans.append((len(text), len(text) + len(word)))
                text += word + blank
            text = text.rstrip(" ") + " "
    yield plain_view(text), spans


def written(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The words of one sentence, each with the blank behind it; none is inside a token of several words."""
    last, after = 0, ""
    for columns in (line.split("\t") for line in lines if line[:1].isdigit()):
        number, word = columns[0], columns[1]
        blank = "" if "SpaceAfter=No" in columns[9] else " "
        if "-" in number:
            last, after = int(number.split("-")[1]), blank
        elif "." not in number:
            inside = int(number) <= last
            yield word, (after if int(number) == last else "") if inside else blank


@given(st.text(alphabet="aZ `\n\t\x1c\u2019\u201c\u2013\u00a0\u200bé\u0130\u212bع", max_size=40))
def test_the_plain_view_spells_each_character_for_itself(text: str) -> None:
    """So that a span of the view is a span of the text, whatever else stands in it."""
    view = plain_view(text)
    assert view == "".join(map(plain_view, text))
    assert len(view.lower()) == len(text)
