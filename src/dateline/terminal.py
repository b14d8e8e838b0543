"""Claims, figures and events as tables for a terminal, and a report's text with its evidence marked.

All words of reports pass through `visible`: a text from elsewhere must not be able to steer the terminal.
"""

import os
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import IO, TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline import captions
from dateline.engines.card import Card
from dateline.hidden import is_hidden
from dateline.model import (
    Claim,
    ClaimRow,
    Event,
    EventFigure,
    EventRow,
    FieldReading,
    Figure,
    FigureRow,
    Interval,
    Report,
    Source,
    Span,
    cover,
)
from dateline.pipeline import StageInfo

if TYPE_CHECKING:  # numpy is not needed to print
    from dateline.gazetteer.installed import Installed

SHORT_ID = 8  # characters of an id's hash that are shown; enough for 10,000 claims to clash once in a hundred projects
KIND_STYLES = {"incident": "bold", "tally": "magenta", "assessment": "cyan", "forecast": "blue"}
CERTAINTY_STYLES = {"alleged": "yellow", "denied": "red"}
MARK = "black on bright_yellow"
GAP = 3  # columns between two columns of a table
PIPED_WIDTH = 160  # columns where the output is no terminal and COLUMNS is not set


def console(file: IO[str] | None = None, *, stderr: bool = False, markup: bool = False) -> Console:
    """A console that prints words as they are.  `markup` is for text of Dateline's own alone."""
    made = Console(file=file, stderr=stderr, markup=markup, emoji=False, highlight=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPED_WIDTH
    return made


def visible(words: str) -> str:
    """The words with characters that hide or reorder others shown as a sign each, so that offsets hold."""
    unix = words.replace("\r\n", " \n")
    return "".join("\ufffd" if not c.isalnum() and is_hidden(unix, at) else c for at, c in enumerate(unix))


def line(words: str | None) -> str:
    """The words on one line."""
    return visible(" ".join((words or "").split()))


def counted(number: int, noun: str) -> str:
    """ "1 report", "1,200 reports"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(id: str) -> str:
    """An id as tables show it: "c-3f2a91bc"."""
    letter, dash, digits = id.rpartition("-")
    return f"{letter}{dash}{digits[:SHORT_ID]}"


def claims_table(rows: Sequence[ClaimRow]) -> RenderableType:
    """Claims, report by report."""
    parts: list[RenderableType] = []
    for _, group in groupby(rows, key=lambda row: row.report.id):
        of_one = list(group)
        parts += [Text(title_of(of_one[0].report), style="bold underline"), _claims_of_one([row.claim for row in of_one]), ""]
    return Group(*parts[:-1])


def figures_table(rows: Sequence[FigureRow]) -> RenderableType:
    """Figures: the number, what was done to what, and the claim that gives it."""
    table = _Rows("claim", "kind", "number", "measure", "object", "of", "part of", "when", "where", "told by")
    for figure, claim, _ in rows:
        table.add_row(
            short(claim.id),
            _kind(claim),
            _number(figure),
            captions.coded(figure.measure),
            captions.coded(figure.object),
            line(figure.of),
            line(figure.part_of),
            when(claim.time),
            where(claim),
            told_by(claim.source),
        )
    return table


def events_table(rows: Sequence[EventRow]) -> RenderableType:
    """Events: what happened as far as all claims about it tell."""
    table = _Rows("event", "what", "who → whom", "figures", "where", "when", "claims", "sources")
    for event, claims in rows:
        table.add_row(
            short(event.id),
            _sure(event.certainty) + Text(captions.event_type(event.event_type)),
            _sides(event.initiator, event.target),
            "\n".join(figure_line(f) for f in event.figures),
            event_where(event),
            _event_time(event),
            str(len(claims)),
            str(event.sources),
        )
    return table


def stages_table(stages: Iterable[StageInfo]) -> RenderableType:
    """The stages of an engine."""
    table = _Rows("stage", "needs", "adds")
    for stage in stages:
        table.add_row(stage.name, ", ".join(sorted(stage.needs)), ", ".join(sorted(stage.adds)))
    return table


def model_card(card: Card) -> RenderableType:
    """What a language model is, what it was trained on, and what it reaches."""
    facts: list[tuple[str, str | Text]] = [
        ("build", f"{card.build}, language {card.language}"),
        ("file", f"{card.file}, {card.bytes / 1e6:.1f} MB, SHA-256 {card.sha256} (checked)"),
        ("encoder", f"{card.encoder}, SHA-256 {card.encoder_sha256}"),
        ("trained on", "\n".join(f"{corpus.name}: {corpus.licence}" for corpus in card.corpora)),
        ("reaches", "\n".join(f"{name}: {value:.1f}" for name, value in card.scores.items())),
    ]
    return Group(Text(f"{card.name} {card.version}", style="bold"), _facts(facts))


def layers_table(layers: "Sequence[Installed]") -> RenderableType:
    """The layers of the gazetteer, the lowest first."""
    table = _Rows("layer", "version", "places", "names", "whose", "from")
    for owner, _, head in layers:
        version, sources = head.hash[:16], "\n".join(map(line, head.sources))
        table.add_row(head.name, version, f"{head.places:,}", f"{head.names:,}", owner, sources)
    return table


def show_report(report: Report, claims: Sequence[Claim], gazetteer: Sequence[str] = ()) -> RenderableType:
    """A report's head, its text with the claims marked and numbered, and the claims as a table with those numbers."""
    numbered = list(enumerate(claims, start=1))
    text = marked(report.text, [(span, str(n)) for n, claim in numbered for span in claim.evidence])
    table = _claims_of_one(claims, numbered=True) if claims else Text("No claims were found in it.")
    return Group(
        Text(title_of(report), style="bold"),
        _facts([*report_facts(report), ("gazetteer", ", ".join(gazetteer))]),
        "",
        text,
        "",
        table,
    )


def show_claim(claim: Claim, report: Report) -> RenderableType:
    """A claim's fields, and its evidence marked in the paragraphs around it."""
    around = _paragraphs(report.text, cover(claim.evidence))
    spans = [(Span(s.start - around.start, s.end - around.start), "") for s in claim.evidence]
    return Group(
        Text(line(claim.summary), style="bold"),
        _facts([*claim_facts(claim), ("evidence", "\n".join(f"“{line(span.of(report.text))}”" for span in claim.evidence))]),
        "",
        Text(title_of(report), style="underline"),
        Padding(marked(around.of(report.text), spans), (0, 2)),
    )


def explanation(claim: Claim, report: Report, fields: Sequence[FieldReading]) -> RenderableType:
    """A claim's evidence, and for each field what was chosen and what else was considered, with the engine's probabilities."""
    table = _Rows("field", "value", "words", "score", "read by")
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


def show_event(row: EventRow) -> RenderableType:
    """An event's fields, where its sources differ, and its claims."""
    event = row.event
    facts = [
        ("event", event.id),
        ("what", captions.event_type(event.event_type)),
        ("certainty", event.certainty),
        ("who", _names(event.initiator)),
        ("whom", _names(event.target)),
        ("where", event_where(event)),
        ("when", _event_time(event)),
        ("operation", line(event.operation)),
        ("figures", "\n".join(f"{figure_line(f)}  ({f.rule})" for f in event.figures)),
        ("told by", f"{counted(event.sources, 'source')}, {event.lineages} independent"),
        ("differs", "\n".join(f"{c.field}: {' / '.join(line(value) for value, _ in c.sides)}" for c in event.contradictions)),
    ]
    return Group(Text(line(event.summary), style="bold"), _facts(facts), "", claims_table(row.claims))


def marked(text: str, marks: Iterable[tuple[Span, str]]) -> Text:
    """A text with spans marked; each span's label stands behind it in brackets."""
    shown = Text(visible(text))
    labels: dict[int, list[str]] = {}
    for span, label in marks:
        shown.stylize(MARK, span.start, span.end)
        if label:
            labels.setdefault(span.end, []).append(label)
    pieces = shown.divide(sorted(labels))
    ends = [*sorted(labels), None]
    out = Text()
    for piece, end in zip(pieces, ends, strict=True):
        out.append_text(piece)
        if end is not None:
            out.append(f"[{','.join(labels[end])}]", style="bold green")
    return out


def title_of(report: Report) -> str:
    """Title, publisher and date, as far as they are known."""
    known = [report.title or report.path or report.id, report.publisher, report.published and report.published.isoformat()]
    return line(" · ".join(part for part in known if part))


def report_facts(report: Report) -> list[tuple[str, str]]:
    """What is known of a report, by name."""
    published = f"{report.published} (from {(report.published_from or 'given').replace('_', ' ')})" if report.published else ""
    return [
        ("report", report.id),
        ("author", line(report.author)),
        ("published", published),
        ("url", line(report.url)),
        ("file", line(report.path)),
    ]


def claim_facts(claim: Claim) -> list[tuple[str, str]]:
    """A claim's fields, by name."""
    return [
        ("claim", claim.id),
        ("kind", f"{claim.kind}{', background' if claim.background else ''}"),
        ("type", captions.event_type(claim.event_type)),
        ("certainty", claim.certainty),
        ("who", _names(a.name for a in claim.initiator)),
        ("whom", _names(a.name for a in claim.target)),
        ("where", where(claim)),
        ("when", when(claim.time)),
        ("scope", claim.scope or ""),
        ("figures", "\n".join(figure_line(f) for f in claim.figures)),
        ("operation", line(operation(claim))),
        ("about", line(claim.about)),
        ("stance", claim.stance or ""),
        ("told by", told_by(claim.source)),
    ]


def operation(claim: Claim) -> str:
    """ "Will of Victory, phase 2"."""
    if claim.operation is None:
        return ""
    return claim.operation.name + (f", phase {claim.operation.phase}" if claim.operation.phase else "")


def when(time: Interval | None) -> str:
    """The days of a time as far as they are known, else its words in quotation marks."""
    if time is None:
        return ""
    if time.start is None and time.end is None:
        return f"“{line(time.words)}”"
    return captions.interval(time)


def where(claim: Claim) -> str:
    """The places in the report's words; "?" behind those without coordinates."""
    return ", ".join(line(ref.words) + ("" if ref.place else " ?") for ref in claim.places)


def figure_line(figure: Figure | EventFigure) -> str:
    """ "≥ 155 killed (militant)"; a part of another figure with "incl." before it.  Whose they are, other columns say."""
    part = "incl. " if isinstance(figure, Figure) and figure.part_of else ""
    return f"{part}{_number(figure)} {captions.coded(figure.measure)} ({captions.coded(figure.object)})"


def event_where(event: Event) -> str:
    """The event's place with the area that holds it."""
    if event.place is None:
        return line(event.place_words) + (" ?" if event.place_words else "")
    areas = (event.place.name, event.place.admin1 if event.place.admin1 != event.place.name else None, event.place.country)
    return ", ".join(area for area in areas if area)


def told_by(source: Source) -> str:
    """The speaker, else the role or the body, and the outlets that it came through."""
    speaker = line(source.speaker or source.role or source.organisation) or source.type
    via = f" via {', '.join(line(outlet) for outlet in source.via)}" if source.via else ""
    return f"{speaker} ({source.type}){via}" if speaker != source.type else f"{speaker}{via}"


def _claims_of_one(claims: Sequence[Claim], *, numbered: bool = False) -> RenderableType:
    table = _Rows("claim", "what", "who → whom", "figures", "where", "when", "told by")
    for n, claim in enumerate(claims, start=1):
        table.add_row(
            f"[{n}] {short(claim.id)}" if numbered else short(claim.id),
            _kind(claim) + Text("\n") + _what(claim),
            _sides([a.name for a in claim.initiator], [a.name for a in claim.target]),
            "\n".join(figure_line(f) for f in claim.figures),
            where(claim),
            when(claim.time),
            told_by(claim.source),
        )
    return table


def _kind(claim: Claim) -> Text:
    return Text(claim.kind, style=KIND_STYLES[claim.kind])


def _what(claim: Claim) -> Text:
    words = [captions.event_type(claim.event_type), line(claim.about), claim.stance or "", line(operation(claim))]
    what = _sure(claim.certainty) + Text(", ".join(word for word in words if word))
    return what + Text("\nbackground", style="dim") if claim.background else what


def _sure(certainty: str) -> Text:
    """ "alleged " and "denied "; nothing before what is stated."""
    return Text() if certainty == "stated" else Text(f"{certainty} ", style=CERTAINTY_STYLES[certainty])


def _sides(initiator: Sequence[str], target: Sequence[str]) -> str:
    """Who, and on a line of its own whom."""
    return "\n".join(part for part in (_names(initiator), f"→ {_names(target)}" if target else "") if part)


def _names(names: Iterable[str]) -> str:
    return ", ".join(line(name) for name in names)


def _event_time(event: Event) -> str:
    return captions.event_time(event) if event.time_start or event.time_end else ""


def _number(figure: Figure | EventFigure) -> str:
    return " ".join(part for part in (captions.bounds(figure.low, figure.best, figure.high), figure.unit) if part)


class _Rows:
    """Rows of cells: a table where it fits without breaking words, else each row as a list of names and values."""

    def __init__(self, *columns: str) -> None:
        self._columns = columns
        self._rows: list[tuple[str | Text, ...]] = []

    def add_row(self, *cells: str | Text) -> None:
        self._rows.append(cells)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if widths := self._widths(options.max_width):
            yield self._table(widths)
            return
        for number, row in enumerate(self._rows):
            if number:
                yield ""
            yield _facts(zip(self._columns, row, strict=True))

    def _widths(self, room: int) -> list[int] | None:
        """Columns of the screen for each column, the widest cut first, none under its longest word; None without room."""
        cells = [[name, *map(str, column)] for name, column in zip(self._columns, zip(*self._rows, strict=True), strict=True)]
        most = [max(cell_len(part) for cell in column for part in cell.splitlines()) for column in cells]
        least = [max(cell_len(word) for cell in column for word in cell.split()) for column in cells]
        least[0] = most[0]  # an id with its number stays on one line
        room -= GAP * (len(cells) - 1)
        for cap in range(max(most), 0, -1):
            widths = [max(low, min(high, cap)) for low, high in zip(least, most, strict=True)]
            if sum(widths) <= room:
                return widths
        return None

    def _table(self, widths: Sequence[int]) -> Table:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for column, width in zip(self._columns, widths, strict=True):
            table.add_column(column, width=width)
        for row in self._rows:
            table.add_row(*row)
        return table


def _facts(facts: Iterable[tuple[str, str | Text]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in facts:
        if value:
            table.add_row(name, Text(value) if isinstance(value, str) else value)
    return table


def _paragraphs(text: str, around: Span) -> Span:
    """The span made wider to the blank lines before and behind it."""
    start = max((m.end() for m in re.finditer(r"\n[^\S\n]*\n", text[: around.start])), default=0)
    behind = re.compile(r"\s*(\n[^\S\n]*\n|\Z)").search(text, around.end)
    return Span(start, behind.start() if behind else len(text))
