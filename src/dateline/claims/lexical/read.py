"""What the lexicon makes of a sentence by itself: the claims that its acts and cues tell, without the language engine."""

from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.lexical.draft import Draft
from dateline.claims.lexical.group import draft_claims
from dateline.claims.lexical.kind import judge
from dateline.claims.views import SentenceView
from dateline.model import Kind, Source, Span


class Lexical(NamedTuple):
    """A claim by the lexicon: its kind, the rule that gave it, and its clauses with their acts and mentions."""

    kind: Kind
    rule: str
    draft: Draft

    @property
    def acts(self) -> tuple[Span, ...]:
        """The words of its acts."""
        return tuple(act.span for act in self.draft.acts)

    @property
    def said(self) -> tuple[Span, ...]:
        """The clauses that say it."""
        return tuple(clause.span for clause in self.draft.clauses)

    def hangs_on(self, word: Span) -> bool:
        """Whether a word is its act, or (for a statement with no act) stands in it."""
        return any(span.overlaps(word) for span in self.acts or self.said)


class LexicalSentence(NamedTuple):
    """What the lexicon makes of a sentence: its claims, left to right, and the clauses that say none (an appeal, say)."""

    claims: tuple[Lexical, ...]
    refused: tuple[Span, ...]

    def refuses(self, word: Span) -> bool:
        """Whether the word stands in words that say no claim."""
        return any(span.contains(word) for span in self.refused)


def lexical_claims(view: SentenceView, source: Source, text: str) -> LexicalSentence:
    """What the lexicon makes of one sentence."""
    claims: list[Lexical] = []
    refused: list[Span] = []
    for draft in draft_claims(view, text):
        judged = judge(replace(draft, source=source), text)
        if judged.kind is not None:
            claims.append(Lexical(judged.kind, judged.rule, replace(draft, source=source, kind=judged.kind, rule=judged.rule)))
        elif judged.rule in _REFUSALS:
            refused += [clause.span for clause in draft.clauses]
    return LexicalSentence(tuple(claims), tuple(refused))


_REFUSALS = frozenset({"no_claim.cue", "no_claim.appeal"})
