"""Claims, their figures, and the reports that they stand in."""

import re
from collections.abc import Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline import captions
from dateline.model import Claim, ClaimRow, FieldReading, FigureRow, Implied, Report, ReportLink, Span, cover
from dateline.terminal.layout import Rows, facts_table, kind_of, marked, sure
from dateline.terminal.lineages import alike
from dateline.terminal.words import (
    amount,
    figure_line,
    line,
    names_of,
    operation,
    short,
    sides_of,
    title_of,
    told_by,
    when,
    where,
)


def claims_table(rows: Sequence[ClaimRow]) -> RenderableType:
    """Claims, report by report."""
    parts: list[RenderableType] = []
    for _, group in groupby(rows, key=lambda row: row.report.id):
        of_one = list(group)
        parts += [Text(title_of(of_one[0].report), style="bold underline"), _claims_of_one([row.claim for row in of_one]), ""]
    return Group(*parts[:-1])


def figures_table(rows: Sequence[FigureRow]) -> RenderableType:
    """Figures: the number, what was done to what, and the claim that gives it."""
    table = Rows("claim", "kind", "number", "measure", "object", "of", "part of", "when", "where", "told by")
    for figure, claim, _ in rows:
        table.add_row(
            short(claim.id),
            kind_of(claim),
            amount(figure),
            captions.coded(figure.measure),
            captions.coded(figure.object),
            line(figure.of),
            line(figure.part_of),
            when(claim.time),
            where(claim),
            told_by(claim.source),
        )
    return table


def show_report(
    report: Report, claims: Sequence[Claim], gazetteer: Sequence[str] = (), links: Sequence[ReportLink] = ()
) -> RenderableType:
    """A report's head, its text with the claims marked and numbered, and the claims as a table with those numbers.

    `links` are the reports that are like it.
    """
    numbered = list(enumerate(claims, start=1))
    text = marked(report.text, [(span, str(n)) for n, claim in numbered for span in claim.evidence])
    table = _claims_of_one(claims, numbered=True) if claims else Text("No claims were found in it.")
    return Group(
        Text(title_of(report), style="bold"),
        facts_table([*_report_facts(report), ("gazetteer", ", ".join(gazetteer)), ("alike", alike(links, report.id))]),
        "",
        text,
        "",
        table,
    )


def _report_facts(report: Report) -> list[tuple[str, str]]:
    """What is known of a report, by name."""
    published = f"{report.published} (from {(report.published_from or 'given').replace('_', ' ')})" if report.published else ""
    return [
        ("report", report.id),
        ("author", line(report.author)),
        ("published", published),
        ("url", line(report.url)),
        ("file", line(report.path)),
    ]


def show_claim(claim: Claim, report: Report, implied: Sequence[Implied] = ()) -> RenderableType:
    """A claim's fields, and its evidence marked in the paragraphs around it; what it implies together with another total."""
    around = _paragraphs(report.text, cover(claim.evidence))
    quotes = "\n".join(f"“{line(span.of(report.text))}”" for span in claim.evidence)
    spans = [(Span(s.start - around.start, s.end - around.start), "") for s in claim.evidence]
    return Group(
        Text(line(claim.summary), style="bold"),
        facts_table([*_claim_facts(claim), ("evidence", quotes)]),
        "",
        Text(title_of(report), style="underline"),
        Padding(marked(around.of(report.text), spans), (0, 2)),
        *(("", _implied_table(implied)) if implied else ()),
    )


def explanation(claim: Claim, report: Report, fields: Sequence[FieldReading]) -> RenderableType:
    """A claim's evidence, and for each field what was chosen and what else was considered, with the engine's probabilities."""
    table = Rows("field", "value", "words", "score", "read by")
    for told in fields:
        for number, one in enumerate(told.considered):
            words = line(one.span.of(report.text)) if one.span else ""
            score = "" if one.score is None else f"{one.score:.2f}"
            value = Text(line(one.value), style="" if one.chosen else "dim")
            table.add_row(
                "" if number else told.field, value, words, score, one.why if one.chosen else f"not taken; {one.why}".rstrip("; ")
            )
    quotes = [Text(f"“{line(span.of(report.text))}”") for span in claim.evidence]
    return Group(Text(line(claim.summary), style="bold"), *quotes, table)


def _implied_table(found: Sequence[Implied]) -> RenderableType:
    """What running totals imply for the days between them."""
    table = Rows("implied", "number", "measure", "object", "after", "until", "where", "told by", "why")
    for one in found:
        number = "falls" if one.falls else captions.bounds(one.low, one.best, one.high)
        counted_as = captions.coded(one.measure), captions.coded(one.object)
        table.add_row(
            short(one.id), number, *counted_as, f"{one.after}", f"{one.until}", line(one.places), line(one.said_by), line(one.why)
        )
    return table


def _claim_facts(claim: Claim) -> list[tuple[str, str]]:
    """A claim's fields, by name."""
    return [
        ("claim", claim.id),
        ("kind", f"{claim.kind}{', background' if claim.background else ''}"),
        ("type", captions.event_type(claim.event_type)),
        ("certainty", claim.certainty),
        ("who", names_of(a.name for a in claim.initiator)),
        ("whom", names_of(a.name for a in claim.target)),
        ("where", where(claim)),
        ("when", when(claim.time)),
        ("scope", claim.scope or ""),
        ("figures", "\n".join(figure_line(f) for f in claim.figures)),
        ("operation", line(operation(claim))),
        ("about", line(claim.about)),
        ("stance", claim.stance or ""),
        ("told by", told_by(claim.source)),
    ]


def _claims_of_one(claims: Sequence[Claim], *, numbered: bool = False) -> RenderableType:
    table = Rows("claim", "what", "who → whom", "figures", "where", "when", "told by")
    for n, claim in enumerate(claims, start=1):
        table.add_row(
            f"[{n}] {short(claim.id)}" if numbered else short(claim.id),
            kind_of(claim) + Text("\n") + _what(claim),
            sides_of([a.name for a in claim.initiator], [a.name for a in claim.target]),
            "\n".join(figure_line(f) for f in claim.figures),
            where(claim),
            when(claim.time),
            told_by(claim.source),
        )
    return table


def _what(claim: Claim) -> Text:
    words = [captions.event_type(claim.event_type), line(claim.about), claim.stance or "", line(operation(claim))]
    what = sure(claim.certainty) + Text(", ".join(word for word in words if word))
    return what + Text("\nbackground", style="dim") if claim.background else what


def _paragraphs(text: str, around: Span) -> Span:
    """The span made wider to the blank lines before and behind it."""
    start = max((m.end() for m in re.finditer(r"\n[^\S\n]*\n", text[: around.start])), default=0)
    behind = re.compile(r"\s*(\n[^\S\n]*\n|\Z)").search(text, around.end)
    return Span(start, behind.start() if behind else len(text))
