"""Lines to paragraphs."""

from dateline.sentences.paragraphs import find_paragraphs


def test_a_blank_line_behind_a_long_line_ends_its_paragraph() -> None:
    """A line that no page is wide enough for is a paragraph, also where the next one begins with a small letter."""
    long = "the convoy left the town at dawn and reached the crossing " * 3
    assert len(find_paragraphs(f"{long.strip()}\n\nnobody was hurt, he said.")) == 2
    wrapped = "The convoy left the town at dawn and reached the crossing at noon, where"
    assert len(find_paragraphs(f"{wrapped}\n\nsoldiers searched it.")) == 1
