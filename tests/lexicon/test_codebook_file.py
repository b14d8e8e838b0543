"""Codebooks of one's own: what a file means, and how a wrong one is told."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import LexiconError
from dateline.lexicon.codebook import LISTS, Rule, built_in, codebook, using
from dateline.lexicon.codebook_file import LARGEST, codebook_yaml, parse_codebook, read_codebook

MUC = Path(__file__).parents[2] / "benchmarks/codebooks/muc.yaml"
OWN = """
version: raids-1
event_types:
  - {name: cattle_raid, label: cattle raid, takes: [robbery, armed_clash], verbs: [rustle]}
  - {name: fight, takes: [armed_clash]}
  - arrest
measures: [{name: deaths, label: persons killed, takes: [killed]}, wounded]
others: {event_types: keep, measures: drop}
"""


def test_a_file_becomes_the_lists_of_a_project() -> None:
    """Names in their order, then what is kept; labels and ACLED's types where the file gives none; other lists as they are."""
    book = parse_codebook(OWN, "own.yaml")
    names = book.names("event_types")
    assert names[:3] == ("cattle_raid", "fight", "arrest")
    assert "armed_clash" not in names, "taken whole, so no claim has it"
    assert "robbery" in names, "taken where rustling is said, so other robberies are met"
    assert [(t.label, t.acled) for t in book.event_types[:3]] == [
        ("cattle raid", "Looting/property destruction"), ("fight", "Armed clash"), ("arrest", "Arrests"),
    ]  # fmt: skip
    assert (book.measures, book.labels) == (("deaths", "wounded"), {"deaths": "persons killed"})
    assert (book.objects, book.units, book.version) == (built_in().objects, built_in().units, "raids-1")
    assert book.rules["measures"] == (Rule(name="deaths", takes=("killed",)),)


def test_names_stand_for_dateline_names() -> None:
    """What they take, and themselves where Dateline has them; words alone stand for nothing."""
    book = parse_codebook("event_types: [{name: strike_action, words: [work stoppage]}, {name: riot, takes: [protest]}]", "f")
    assert book.stands_for("event_types", "riot") == {"riot", "protest"}
    assert book.stands_for("event_types", "strike_action") == book.stands_for("event_types", None) == frozenset()
    assert built_in().stands_for("measures", "killed") == {"killed"}


@pytest.mark.parametrize("text", [OWN, MUC.read_text(encoding="utf-8"), "objects: [{name: Löwe-2 b, words: [lion]}]"])
def test_a_codebook_is_printed_as_a_file_of_itself(text: str) -> None:
    book = parse_codebook(text, "f")
    assert parse_codebook(codebook_yaml(book), "printed") == book
    assert parse_codebook(codebook_yaml(built_in()), "printed") == built_in()


def test_the_codebook_of_muc_is_one() -> None:
    """Seven types, of which the narrow ones come before what is left of them."""
    names = read_codebook(MUC).names("event_types")
    assert sorted(names) == ["ARSON", "ATTACK", "BOMBING", "FORCED WORK STOPPAGE", "HIJACKING", "KIDNAPPING", "ROBBERY"]
    assert names[-1] == "ATTACK"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: nothing in it; a codebook lists"),
        ("- arrest", "line 1: not a codebook; a codebook lists"),
        ("version: x", "line 1: no list in it"),
        ("event_types: [", "line 1: not YAML: "),
        ("event_types: [arrest]\n---\nobjects: [cache]", "line 2: not YAML: "),
        ("version: a\x07b", "line 1: not YAML: the character U+0007"),
        ("a: b\n\tevent_types: x", "line 2: not YAML: "),
        ("[" * 100_000, "line 1: not YAML that can be read: brackets nested too deep"),
        ("event_types: []", "line 1: event_types has no entries; leave it out to keep Dateline's own"),
        ("event_types: arrest", "line 1: event_types is not a list"),
        ("\nevent_typs: [arrest]", "line 2: no key 'event_typs'; did you mean event_types? Known: version, others"),
        ("event_types: [arrest]\nversion: 4", "line 2: version is not a text but 4; put it in quotation marks"),
        ("event_types: [arrest]\nevent_types: [riot]", "line 2: event_types stands twice here"),
        ("event_types: [arrest]\nothers: maybe", "line 2: others is keep or drop"),
        ("event_types: [arrest]\nothers: {objects: drop}", "line 2: others says what becomes of other objects"),
        ("event_types:\n- arrest\n- Arrest", "line 3: event type Arrest stands in line 2 already; rename one, or join them"),
        ("event_types: [{name: a raid, takes: [riot]}, {name: A-Raid, takes: [arrest]}]", "stands in line 1 already"),
        ("event_types: [arrst]", "Dateline has no event type arrst, and the line says neither what it takes nor by which"),
        ("event_types: [arrst]", "did you mean arrest?"),
        ("event_types:\n- name: x\n  take: [arrest]", "line 3: no key 'take'; did you mean takes? Known: name, label, takes"),
        ("measures: [{name: x, takes: [killed], acled: y}]", "no key 'acled'"),
        ("event_types:\n- {name: x, takes: [protets]}", "line 2: Dateline has no event type 'protets'; did you mean protest?"),
        ("measures: [{name: x, takes: [arrest]}]", "no measure 'arrest'; did you mean arrested? Known: killed, wounded"),
        ("event_types: [{name: x, takes: arrest}]", "takes is not a list; put it in brackets: takes: [...]"),
        ("event_types: [{name: x, takes: []}]", "takes has no entries; leave it out, or fill it"),
        ("event_types: [{name: x, words: [[a]]}]", "words is not a text"),
        ("event_types: [{name: x, words: ['... on fire']}]", "'... on fire' is no phrase"),
        ("event_types: [{name: x, words: ['?!']}]", "'?!' is no phrase"),
        ("event_types: [{label: x, takes: [arrest]}]", "an event type without a name"),
        ("event_types: [[arrest]]", "neither a name nor a mapping with a name"),
        ("event_types: [{name: no, takes: [arrest]}]", "name is not a text but no; put it in quotation marks"),
        ("measures: [{name: a+b, takes: [killed]}]", "'a+b' is no name for a measure"),
        ("objects: [{name: '=1', takes: [cache]}]", "'=1' is no name for an object"),
        ("objects: [{name: x, label: \"a\\u202eb\", takes: [cache]}]", "label is empty, or has line breaks or invisible"),
        ("measures:\n- {name: x, takes: [held]}\n- {name: y, takes: [held]}", "line 3: held is taken by x in line 2 already"),
        ("measures:\n- {name: x, takes: [held]}\n- held", "line 3: held is taken by x in line 2; take it out here or there"),
        ("event_types: [{<<: {name: x}, takes: [arrest]}]", "no key '<<'"),
        ("event_types: &a [*a]", "neither a name nor a mapping"),
        ("#" * (LARGEST + 1), "is larger than 256 KB"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_by_line_and_way_out(text: str, says: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse_codebook(text, "mine.yaml")
    assert str(caught.value).startswith("codebook mine.yaml")
    assert says in str(caught.value)


def test_all_faults_are_told_at_once() -> None:
    """The first ten, and how many more there are."""
    text = "event_types:\n" + "".join(f"- {{name: x{n}, takes: [nothing]}}\n" for n in range(14))
    with pytest.raises(LexiconError, match="and 4 more") as caught:
        parse_codebook(text, "f")
    assert [f"line {n}: " in str(caught.value) for n in (2, 11, 12)] == [True, True, False]


def test_aliases_cannot_make_a_small_file_large() -> None:
    """Ten thousand phrases in each of a thousand lines, by reference."""
    phrases = ", ".join(f"w{n}" for n in range(9_000))
    lines = "\n".join(f"- {{name: t{n}, words: *w}}" for n in range(1_000))
    with pytest.raises(LexiconError, match="more than 10,000 names and phrases"):
        parse_codebook(f"event_types:\n- {{name: first, words: &w [{phrases}]}}\n{lines}", "f")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("version: Süd".encode("latin-1"))
    (tmp_path / "marked.yaml").write_bytes(b"\xef\xbb\xbfevent_types: [arrest]")
    (tmp_path / "large.yaml").write_bytes(b"#" * (5 * LARGEST))
    with pytest.raises(LexiconError, match=r"none\.yaml: no such file or folder"):
        read_codebook(tmp_path / "none.yaml")
    with pytest.raises(LexiconError, match=r"latin\.yaml: byte 10 is not UTF-8"):
        read_codebook(tmp_path / "latin.yaml")
    with pytest.raises(LexiconError, match=r"large\.yaml is larger"):
        read_codebook(tmp_path / "large.yaml")
    with pytest.raises(LexiconError, match="cannot be read"):
        read_codebook(tmp_path)
    assert read_codebook(tmp_path / "marked.yaml").names("event_types")[0] == "arrest"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("event_types:[]{}-,'\"&*!|>%@`#\n\t namewords0x\u0000\u202e"), max_size=80))
def test_any_text_is_a_codebook_or_a_lexicon_error(text: str) -> None:
    with suppress(LexiconError):
        assert parse_codebook(text, "f").event_types


def test_the_codebook_in_use_ends_with_its_context() -> None:
    """Also where the context ends with an error, and one within another."""
    outer, inner = parse_codebook("version: a\nobjects: [cache]", "f"), parse_codebook("version: b\nobjects: [cache]", "f")
    with using(outer):
        with using(inner):
            assert codebook() is inner
        with pytest.raises(ZeroDivisionError), using(inner):
            _ = 1 / 0
        assert codebook() is outer
    assert codebook() is built_in()
    assert all(built_in().names(of) for of in LISTS)
