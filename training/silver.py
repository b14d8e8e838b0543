"""The coded reports with the trees that an earlier model reads in them.

While the network learns claims it forgets how to read the sentences that tell them: people killed and wounded seldom stand in
the treebanks. An epoch with the trees that a model from before reads there brings most of it back.
"""

from collections.abc import Iterable, Iterator, Sequence

from dateline.engines.engine import Engine
from dateline.model import ParsedSentence, plain_view
from training.claims import CodedReport
from training.corpora import Document, Sentence, Tree


def silver_documents(reports: Iterable[CodedReport], teacher: Engine) -> list[Document]:
    """The reports as documents of sentences with trees, in the order of their names."""
    found = (
        Document(report.id, "coded", tuple(_sentences(teacher.read(report.text, claims=False).sentences, report.text)))
        for report in reports
    )
    return sorted(found, key=lambda document: document.name)


def _sentences(parsed: Sequence[ParsedSentence], text: str) -> Iterator[Sentence]:
    view, last = plain_view(text), 0
    for sentence in parsed:
        words = sentence.words
        begins = not last or "\n\n" in view[last : words[0].span.start]
        last = words[-1].span.end
        ends = [word.span.end for word in words]
        starts = [word.span.start for word in words[1:]] + [-1]
        tree = Tree(
            tuple(w.tag for w in words), tuple(w.fine for w in words), tuple(w.head + 1 for w in words),
            tuple(w.relation for w in words),
        )  # fmt: skip
        blanks = tuple(end != start for end, start in zip(ends, starts, strict=True))
        yield Sentence(tuple(w.span.of(view) for w in words), blanks, tree, {}, begins)
