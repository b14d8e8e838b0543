"""Who speaks in a claim, so that one voice counts once however many reports carry it."""

from collections.abc import Mapping

from dateline.events.facts import Incident
from dateline.model import Source
from dateline.model.codebook import SourceType

# Who counts best, the best first: those who take part in the count or check it, before those who pass it on, and before a
# witness, who sees a part.
_BEST_PLACED: tuple[SourceType, ...] = (
    "police", "military", "official", "international", "ngo", "document", "media", "witness",
    "armed_group", "analyst", "anonymous",
)  # fmt: skip


def placing(kind: SourceType) -> int:
    """0 for the best-placed type of source to count."""
    return _BEST_PLACED.index(kind)


def speaks_itself(source: Source, publisher: str | None) -> bool:
    """Whether the report itself speaks: no speaker is named, and no body but its publisher."""
    return not source.speaker and source.organisation in (None, "", publisher)


def voice_of(source: Source, publisher: str | None, otherwise: str) -> str:
    """A name for who speaks: the body, else the speaker; `otherwise` where the report itself does.

    Two spokesmen of one body are one voice, and so is one spokesman in ten papers.
    """
    if speaks_itself(source, publisher):
        return otherwise
    return " ".join((source.organisation or source.speaker or otherwise).lower().split())


def voice(incident: Incident, lineage: Mapping[str, str]) -> str:
    """The voice of an incident; where the report itself speaks, the lineage of its text, so that copies are one voice."""
    report = incident.report
    return voice_of(incident.claim.source, report.publisher, f"report {lineage.get(report.id, report.id)}")
