"""Coded reports to what the network learns of claims."""

import json
from pathlib import Path
from random import Random

from training.claims import TRAITS, claim_labels, claim_windows, read_corpus
from training.windows import IGNORED, PLAIN, Labels

from dateline.engines.card import LINKS
from dateline.engines.pieces import Pieces

TEXT = "Troops killed 22 rebels, including two chiefs, near Torbal on Monday. The raid went on."
WORDS = "Troops killed 22 rebels , including two chiefs , near Torbal on Monday . The raid went on .".split()
CLAIM = {
    "id": "c1", "kind": "incident", "event_type": "armed_clash", "certainty": "stated", "background": False, "stance": None,
    "scope": None, "places": ["Torbal"], "time": {"words": "on Monday"}, "evidence": [TEXT[:68]],
    "figures": [{"words": "22 rebels", "measure": "killed", "object": "militant"},
                {"words": "two chiefs", "measure": "killed", "object": "militant_leader"}],
}  # fmt: skip
MARKS = {"c1": {"trigger": [7, 13], "initiator": [[[0, 6]]], "target": [[[17, 23]]]}}
PIECES = Pieces(["[UNK]", "[CLS]", "[SEP]", "."])


def test_a_claim_becomes_numbers(tmp_path: Path) -> None:
    """Trigger, traits, figures and every role stand at their words."""
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"id": "r1", "text": TEXT, "claims": [CLAIM], "marks": MARKS}) + "\n")
    reports = read_corpus(path)
    known = claim_labels(reports)
    labels = Labels((), (), (), ("O",), ("O",), ("O",), known)
    (window,) = claim_windows(reports, PIECES, labels, PLAIN, Random(3))
    marks = window.claims
    assert marks is not None
    assert len(window.starts) == len(WORDS)
    assert marks.rows.tolist() == [WORDS.index("killed")]
    traits = dict(zip(TRAITS, marks.traits[1].tolist(), strict=True))
    assert (known.kind[traits["kind"]], known.event_type[traits["event_type"]]) == ("incident", "armed_clash")
    assert traits["stance"] == traits["scope"] == IGNORED
    linked = {role: [WORDS[i] for i in marks.links[0, :, n].nonzero()[0]] for n, role in enumerate(LINKS)}
    assert linked["evidence"] == WORDS[:13]
    assert (linked["initiator"], linked["target"], linked["place"], linked["time"]) == (
        ["Troops"],
        ["rebels"],
        ["Torbal"],
        ["on", "Monday"],
    )
    assert linked["figure"] == ["22", "rebels", "two", "chiefs"]
    told = [(known.measure[m], known.object[o]) for m, o in marks.figures.tolist() if m]
    assert told == [("killed", "militant"), ("killed", "militant_leader")]


def test_the_trigger_is_its_first_full_word(tmp_path: Path) -> None:
    """ "were killed" hangs on "killed"."""
    path = tmp_path / "one.jsonl"
    text = "Ten were killed."
    claim = CLAIM | {"evidence": [text], "figures": [], "places": [], "time": {"words": None}}
    marks = {"c1": {"trigger": [4, 15], "initiator": [], "target": []}}
    path.write_text(json.dumps({"id": "r1", "text": text, "claims": [claim], "marks": marks}) + "\n")
    reports = read_corpus(path)
    (window,) = claim_windows(
        reports, PIECES, Labels((), (), (), ("O",), ("O",), ("O",), claim_labels(reports)), PLAIN, Random(0)
    )
    assert window.claims is not None
    assert window.claims.rows.tolist() == [2]
