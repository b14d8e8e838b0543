"""The nouns, as frozen records.  Imports nothing else of Dateline's; everyone may import it."""

from dateline.model.actor import Actor, ActorRef
from dateline.model.claim import Claim, Ground, Operation, claim_id
from dateline.model.codebook import Certainty, Kind, Precision, Scope, SourceType, Stance
from dateline.model.event import Contradiction, Event, EventFigure, Link, event_id
from dateline.model.explanation import Considered, FieldReading
from dateline.model.figure import Figure, Quantity, Unread, UnreadReason
from dateline.model.interval import Interval
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
from dateline.model.place import Place, PlaceRef
from dateline.model.reading import Reading
from dateline.model.report import READ_REGIONS, Region, Report, Sentence, report_id, report_of
from dateline.model.review import Review
from dateline.model.row import ClaimRow, EventRow, FigureRow
from dateline.model.source import Source
from dateline.model.span import Span, cover
from dateline.model.view import plain_view, small_view

__all__ = [
    "ENTITY_TYPES", "READ_REGIONS", "ActMention", "Actor", "ActorMention", "ActorRef", "Certainty", "Claim", "ClaimRow",
    "Considered", "Contradiction", "CountedWord", "CueMention", "Entity", "EntityType", "Event", "EventFigure", "EventRow",
    "FieldReading", "Figure", "FigureRow", "Ground", "Interval", "Kind", "Link", "LinkedWord", "Mention", "Operation",
    "Parse", "ParsedSentence", "Place", "PlaceCandidate", "PlaceMention", "PlaceRef", "Precision", "Quantity",
    "QuantityMention", "Reading", "Region", "Report", "Review", "Scope", "Sentence", "Shares", "Source", "SourceType", "Span",
    "SpeakerMention", "Stance", "TimeMention", "Trigger", "Unread", "UnreadReason", "Word", "claim_id", "cover", "event_id",
    "plain_view", "report_id", "report_of", "small_view",
]  # fmt: skip
