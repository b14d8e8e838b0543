"""Cues colour a statement; a word that only looks like one does not."""

import pytest

from dateline.mentions.cues import cues_in
from dateline.model import Sentence, Span


@pytest.mark.parametrize(
    ("text", "cue", "words"),
    [
        ("The bridge was reportedly blown up.", "alleged", "reportedly"),
        ("The army plans to storm the town.", "plan", "plans to"),
        ("The ministry denied that the bridge was hit.", "denied", "denied"),
        ("Forty have died since the start of the year.", "since", "since"),
        ("The threat has not disappeared.", "risk", "threat"),
        ("The group is on the\nrun.", "falling", "on the\nrun"),
    ],
)
def test_cues_of_a_sentence(text: str, cue: str, words: str) -> None:
    """Each class of cue is found by its words, over line breaks too."""
    found = cues_in(text, Sentence(Span(0, len(text)), "body", 0))
    assert (cue, words) in [(m.cue, m.span.of(text)) for m in found]


@pytest.mark.parametrize("text", ["Clashes went on through May.", "Operation Will of Iron began."])
def test_a_name_is_no_cue(text: str) -> None:
    """The month of May and the name of an operation are neither doubt nor plan."""
    found = cues_in(text, Sentence(Span(0, len(text)), "body", 0))
    assert not [m for m in found if m.cue in {"may", "plan"}]
