"""The nouns, as frozen records.  Imports nothing else of Dateline's; everyone may import it."""

from dateline.model.actor import Actor, ActorRef
from dateline.model.claim import Claim, Ground, Operation, claim_id
from dateline.model.codebook import Certainty, Kind, Precision, Scope, SourceType, Stance
from dateline.model.decisions import LinkDecisions, pair_of
from dateline.model.event import BestRule, Contradiction, ContradictionKind, Event, EventFigure, Link, event_id
from dateline.model.explanation import Considered, FieldReading
from dateline.model.figure import Figure, Quantity, Unread, UnreadReason
from dateline.model.implied import Implied, implied_id
from dateline.model.interval import Interval
from dateline.model.lineage import COPIES, Copy, Likeness, Lineage, ReportLink
from dateline.model.mention import (
    ActMention,
    ActorMention,
    CueMention,
    Mention,
    PlaceCandidate,
    PlaceMention,
    QuantityMention,
    SpeakerMention,
    TimeMention,
)
from dateline.model.parse import (
    ENTITY_TYPES,
    CountedWord,
    Entity,
    EntityType,
    LinkedWord,
    Parse,
    ParsedSentence,
    Shares,
    Trigger,
    Word,
)
from dateline.model.place import Place, PlaceAlias, PlaceRef
from dateline.model.reading import Reading
from dateline.model.report import READ_REGIONS, Region, Report, Sentence, report_id, report_of
from dateline.model.review import UNGRADED, Grade, Grades, Review
from dateline.model.row import ClaimRow, EventRow, FigureRow
from dateline.model.source import Source
from dateline.model.span import Span, cover
from dateline.model.told import Told, tellings, whole_first
from dateline.model.trace import Trace
from dateline.model.view import plain_view, small_view

__all__ = [
    "COPIES",
    "ENTITY_TYPES",
    "READ_REGIONS",
    "UNGRADED",
    "ActMention",
    "Actor",
    "ActorMention",
    "ActorRef",
    "BestRule",
    "Certainty",
    "Claim",
    "ClaimRow",
    "Considered",
    "Contradiction",
    "ContradictionKind",
    "Copy",
    "CountedWord",
    "CueMention",
    "Entity",
    "EntityType",
    "Event",
    "EventFigure",
    "EventRow",
    "FieldReading",
    "Figure",
    "FigureRow",
    "Grade",
    "Grades",
    "Ground",
    "Implied",
    "Interval",
    "Kind",
    "Likeness",
    "Lineage",
    "Link",
    "LinkDecisions",
    "LinkedWord",
    "Mention",
    "Operation",
    "Parse",
    "ParsedSentence",
    "Place",
    "PlaceAlias",
    "PlaceCandidate",
    "PlaceMention",
    "PlaceRef",
    "Precision",
    "Quantity",
    "QuantityMention",
    "Reading",
    "Region",
    "Report",
    "ReportLink",
    "Review",
    "Scope",
    "Sentence",
    "Shares",
    "Source",
    "SourceType",
    "Span",
    "SpeakerMention",
    "Stance",
    "TimeMention",
    "Told",
    "Trace",
    "Trigger",
    "Unread",
    "UnreadReason",
    "Word",
    "claim_id",
    "cover",
    "event_id",
    "implied_id",
    "pair_of",
    "plain_view",
    "report_id",
    "report_of",
    "small_view",
    "tellings",
    "whole_first",
]  # fmt: skip
