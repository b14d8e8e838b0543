"""Claims in the making: clauses grouped by the act or statement that they tell."""

from typing import NamedTuple

from msgspec import Struct

from dateline.claims.lexical.clauses import Clause
from dateline.claims.views import SentenceView
from dateline.lexicon.acts import act_by_id
from dateline.lexicon.codebook import codebook
from dateline.model import ActMention, Kind, Source, Span


class Draft(Struct, frozen=True, kw_only=True):
    """One claim to be: its clauses, the acts that make it one, and what has been decided so far."""

    view: SentenceView
    clauses: tuple[Clause, ...]
    acts: tuple[ActMention, ...]  # empty for a statement with no act
    lead: Span | None = None  # the subject that stands in an earlier clause: "In Kirkuk, they"
    kind: Kind | None = None
    rule: str = ""
    source: Source = Source()
    headline: bool = False

    @property
    def group(self) -> str:
        """The group of its acts: effects of one another stay together."""
        return act_by_id()[self.acts[0].act].group if self.acts else "statement"

    @property
    def span(self) -> Span:
        return Span(min(c.span.start for c in self.clauses), max(c.span.end for c in self.clauses))

    def has_cue(self, *classes: str) -> bool:
        return any(clause.has_cue(*classes) for clause in self.clauses)


class Judged(NamedTuple):
    """A kind (None: no claim), the rule that gave it, and the words that decided."""

    kind: Kind | None
    rule: str
    spans: tuple[Span, ...]


def gravest(acts: tuple[ActMention, ...]) -> ActMention:
    """The act that names the event type: the gravest, a strong one before a weak one, the first among equals."""
    return min(acts, key=lambda a: (codebook().gravity(a.event_type), act_by_id()[a.act].weak, a.span))
