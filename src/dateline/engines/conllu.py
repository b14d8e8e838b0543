"""Sentences in CoNLL-U, the format that tools for treebanks read (https://universaldependencies.org/format.html)."""

from collections.abc import Iterable, Iterator

from dateline.model import ParsedSentence, plain_view


def to_conllu(text: str, sentences: Iterable[ParsedSentence]) -> Iterator[str]:
    """Ten columns a word and an empty line behind each sentence. MISC holds the characters of `text`, and entities as B-, I-."""
    view = plain_view(text)
    for number, sentence in enumerate(sentences, start=1):
        yield f"# sent_id = {number}"
        yield f"# text = {' '.join(sentence.span.of(view).split())}"
        marks = _marks(sentence)
        for i, word in enumerate(sentence.words):
            glued = i + 1 < len(sentence.words) and sentence.words[i + 1].span.start == word.span.end
            misc = [f"start_char={word.span.start}", f"end_char={word.span.end}"]
            if i in marks:
                misc.append(f"ner={marks[i]}")
            if glued:
                misc.append("SpaceAfter=No")
            form = word.span.of(view)
            columns = (i + 1, form, "_", word.tag, word.fine, "_", word.head + 1, word.relation, "_", "|".join(misc))
            yield "\t".join(map(str, columns))
        yield ""


def _marks(sentence: ParsedSentence) -> dict[int, str]:
    """The entity mark of each word that is in one."""
    found: dict[int, str] = {}
    for entity in sentence.entities:
        inside = [i for i, word in enumerate(sentence.words) if entity.span.contains(word.span)]
        found |= {i: f"{'B' if i == inside[0] else 'I'}-{entity.type}" for i in inside}
    return found
