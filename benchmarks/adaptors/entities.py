"""`entities`: the language engine's entities, whose types are those of dstl/re3d."""

from typing import Any

from adaptors.document import Document
from adaptors.task import Task
from dateline.engines.engine import load_engine


def answer(document: Document) -> dict[str, Any]:
    """The entities of one document."""
    found = [entity for sentence in load_engine().read(document.text, claims=False).sentences for entity in sentence.entities]
    return {"id": document.id, "entities": [{"start": e.span.start, "end": e.span.end, "type": e.type} for e in found]}


TASK = Task("entities", answer)
