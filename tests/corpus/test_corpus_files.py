"""The corpus is what its card says: valid against the codebook, parted cleanly, built from the short form without loss."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus import build, compare, split, validate

CORPUS = Path(__file__).parents[2] / "corpus"
PARTS = ("train", "dev", "test")
SHORT = """
id: xx-001
title: null
publisher: River Post
published: 2023-03-07
genre: bulletin
country: Mali
set: null
text: |
  The army killed 12 fighters, including two
  chiefs, near Gossi on Monday, Col. Oumar Keita said.
sources:
  keita: {speaker: Oumar Keita, organisation: Malian army, type: military}
claims:
- kind: incident
  type: armed_clash
  trigger: killed
  evidence: ["The army killed 12 fighters, including two chiefs, near Gossi on Monday"]
  initiator: {Malian army: The army}
  target: {militants: fighters}
  places: [Gossi]
  time: {words: on Monday, start: 2023-03-06, end: 2023-03-06, precision: day}
  figures:
  - {n: 12, measure: killed, object: militant, words: 12 fighters}
  - {n: 2/2/-, measure: killed, object: militant_leader, part_of: 12 fighters, words: two chiefs}
  source: keita
"""


@pytest.mark.parametrize("names", [PARTS, ("first",), ("second",)])
def test_every_file_is_valid(names: tuple[str, ...]) -> None:
    """Vocabulary, quotes, bounds, dates and marks; no report or set in two parts."""
    assert list(validate.faults([CORPUS / f"{name}.jsonl" for name in names], Counter())) == []


def reports_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_parts_are_those_that_the_hash_gives() -> None:
    """So nobody moved a report from one part to another by hand; what says its part itself is for training or for choosing."""
    for part in PARTS:
        assert {r.get("part") or split.part_of(r["set"] or r["id"]) for r in reports_of(part)} == {part}
    assert {r.get("part") for r in reports_of("dev")} == {None, "dev"}
    assert {r.get("part") for r in reports_of("test")} == {None}


def test_a_third_of_the_first_round_is_coded_twice() -> None:
    """All of dev and test among them."""
    ids = {name: {r["id"] for r in reports_of(name) if "part" not in r} for name in (*PARTS, "first", "second")}
    assert ids["first"] == ids["second"] >= ids["dev"] | ids["test"]
    assert 3 * len(ids["first"]) >= sum(len(ids[part]) for part in PARTS) >= 250


def test_the_short_form_becomes_the_gold_format(tmp_path: Path) -> None:
    """Defaults are filled in, quotes run over line ends, and triggers and parties get their characters."""
    (tmp_path / "xx-001.yaml").write_text(SHORT, encoding="utf-8")
    report, faults = build.report(tmp_path / "xx-001.yaml")
    assert faults == []
    (claim,) = report["claims"]
    assert claim["evidence"] == ["The army killed 12 fighters, including two\nchiefs, near Gossi on Monday"]
    assert [(f["low"], f["best"], f["high"], f["part_of"]) for f in claim["figures"]] == [
        (12, 12, 12, None),
        (2, 2, None, "12 fighters"),
    ]
    assert (claim["certainty"], claim["background"], claim["event"]) == ("stated", False, "xx-001/c1")
    marks = report["marks"]["c1"]
    words = [report["text"][slice(*span)] for span in (marks["trigger"], marks["initiator"][0][0], marks["target"][0][0])]
    assert words == ["killed", "The army", "fighters"]
    assert list(validate.report_faults(report)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("12 fighters, inc", "13 fighters, inc", "evidence stands 0 times"),
        ("trigger: killed", "trigger: arrested", "trigger not in the text"),
        ("places: [Gossi]", "places: [Gao]", "place not in the text"),
        ("n: 12,", "n: 12/13,", "low/best/high"),
        ("source: keita", "source: kieta", "not among the sources"),
        ("  type: armed_clash", "  typ: armed_clash", "keys ['typ']"),
        ("claims:", "claims: [", "xx-001.yaml"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    """With its file and claim; nothing is written."""
    folder, out = tmp_path / "short", tmp_path / "out.jsonl"
    folder.mkdir()
    at = SHORT.rindex(old) if old != "12 fighters, inc" else SHORT.index(old, SHORT.index("claims:"))
    (folder / "xx-001.yaml").write_text(SHORT[:at] + new + SHORT[at + len(old) :], encoding="utf-8")
    _, faults = build.report(folder / "xx-001.yaml")
    assert faults
    assert told in faults[0]
    assert build.main([str(folder), str(out)]) == 1
    assert not out.exists()


def test_what_differs_between_coders_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Field by field, and the agreement behind it."""
    for name, text in (("a", SHORT), ("b", SHORT.replace("n: 12,", "n: 13,").replace("type: military", "type: official"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / "xx-001.yaml").write_text(text, encoding="utf-8")
        assert build.main([str(tmp_path / name), str(tmp_path / f"{name}.jsonl")]) == 0
    assert compare.main([str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]) == 0
    printed = capsys.readouterr().out
    assert "source_type: 'military' / 'official'" in printed
    assert "figures:" in printed
