"""`claims`: the engine's claims in the form of a gold file of claims."""

from adaptors.document import Document
from adaptors.task import Task
from dateline.evaluation.coding import code_report
from dateline.evaluation.records import CodedReport
from dateline.events import link_events
from dateline.model import Reading


def claims_of(reading: Reading, document: Document) -> CodedReport:
    """The reading's claims; `published` is that of the document, so where it is not known it stays null."""
    return code_report(reading, str(document.id), link_events([reading]))


def answer(document: Document) -> CodedReport:
    """The claims of one document."""
    return claims_of(document.read(), document)


TASK = Task("claims", answer)
