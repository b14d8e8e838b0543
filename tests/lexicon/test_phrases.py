"""Phrases of a codebook: what finds what."""

import pytest

from dateline.lexicon.phrases import is_phrase, phrase_pattern
from dateline.model import plain_view


@pytest.mark.parametrize(
    ("verbs", "words", "text", "found"),
    [
        (["rustle"], [], "Gunmen rustled cattle; rustling goes on.", ["rustled", "rustling"]),
        (["kidnap"], [], "He was kidnapped by a kidnapper.", ["kidnapped"]),
        (["blow up"], [], "They blew up a bridge.", ["blew up"]),
        (["set ... on fire"], [], "They set the town hall\non fire.", ["set the town hall\non fire"]),
        (["set ... on fire"], [], "They set on fire.", ["set on fire"]),
        (["set ... on fire"], [], "The sun set. A car was on fire.", []),
        (["set ... on fire"], [], "They set one two three four five six seven on fire.", []),
        ([], ["car bomb"], "Car bombs, a car-bomb, a CAR\r\n BOMB", ["Car bombs", "car-bomb", "CAR\r\n BOMB"]),
        ([], ["bomb"], "bombed bombing bombastic", []),
        ([], ["body"], "Two bodies in one body", ["bodies", "body"]),
        ([], ["ak-47"], "an AK-47, two AK 47s", ["AK-47", "AK 47s"]),
        ([], ["strike"], "struck by a strike", ["strike"]),
        ([], ["a.b"], "axb a.b", ["a.b"]),
        ([], ["people’s army"], "the People's Army", ["People's Army"]),
        ([], ["حصار"], "تحت حصار شديد", ["حصار"]),
    ],
)
def test_a_phrase_finds_its_forms_and_no_other_words(verbs: list[str], words: list[str], text: str, found: list[str]) -> None:
    pattern = phrase_pattern(tuple(verbs), tuple(words))
    assert [text[match.start() : match.end()] for match in pattern.finditer(plain_view(text).lower())] == found


def test_a_phrase_begins_and_ends_with_words() -> None:
    assert all(map(is_phrase, ("a", "a ... b", "a…b", "T-72")))
    assert not any(map(is_phrase, ("... b", "a ...", "a ... ... b", "-", "...", "")))
