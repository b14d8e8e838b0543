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
from dateline.disagreements import Disagreement
from dateline.engines.card import Card
from dateline.hidden import is_hidden
from dateline.model import (
    COPIES,
    Claim,
    ClaimRow,
    Contradiction,
    Copy,
    Event,
    EventFigure,
    EventRow,
    FieldReading,
    Figure,
    FigureRow,
    Implied,
    Interval,
    Lineage,
    Report,
    ReportLink,
    Source,
    Span,
    Told,
    Trace,
    cover,
    tellings,
)
from dateline.pipeline import StageInfo
from dateline.trends.count import Range, Trend
from dateline.trends.timeline import Entry

if TYPE_CHECKING:  # numpy is not needed to print
    from dateline.gazetteer.installed import Installed
    from dateline.gazetteer.search import FoundPlace

SHORT_ID = 8  # characters of an id's hash that are shown; enough for 10,000 claims to clash once in a hundred projects
KIND_STYLES = {"incident": "bold", "tally": "magenta", "assessment": "cyan", "forecast": "blue"}
CERTAINTY_STYLES = {"alleged": "yellow", "denied": "red"}
MARK = "black on bright_yellow"
GAP = 3  # columns between two columns of a table
EMPTY_ROWS = 3  # periods in a row without events that are shown one by one
VOICES = 4  # claims that are shown of each side of a contradiction
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


def places_table(found: "Sequence[FoundPlace]") -> RenderableType:
    """What a name could mean; places whose names are only like it are marked with ~."""
    table = _Rows("", "id", "name", "kind", "province", "country", "point", "people", "layer")
    for entry, province, alike in found:
        people = f"{entry.population:,}" if entry.population else ""
        point, layer = f"{entry.lat:.3f} {entry.lon:.3f}", entry.layer.partition("@")[0]
        table.add_row("~" if alike else "=", entry.id, entry.name, entry.kind, province, entry.country, point, people, layer)
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
        _facts([*report_facts(report), ("gazetteer", ", ".join(gazetteer)), ("alike", alike(links, report.id))]),
        "",
        text,
        "",
        table,
    )


def alike(links: Sequence[ReportLink], report_id: str) -> str:
    """ "copy of 3f2a91bc (92 % of the words), the first; same series as ..."."""
    return "; ".join(_alike(link, report_id) for link in links)


def _alike(link: ReportLink, report_id: str) -> str:
    other = link.other_id if link.report_id == report_id else link.report_id
    first = "" if link.first is None else ", published before this one" if link.first == other else ", published after this one"
    words = f"{link.words:.0%} of its words, {link.facts:.0%} of its names and numbers"
    return f"{link.likeness} {'as' if link.likeness.startswith('same') else 'of or by'} {short(other)} ({words}{first})"


def lineages_list(found: Sequence[Lineage]) -> RenderableType:
    """Each lineage with its reports by date: the origin, where it is known, and how each of the others is like another."""
    return Group(*(part for lineage in found for part in _lineage(lineage)))


def _lineage(lineage: Lineage) -> list[RenderableType]:
    origin = next((copy for copy in lineage.reports if copy.report_id == lineage.origin), None)
    told = f"first published by {origin.publisher or short(origin.report_id)}" if origin else "nobody knows which was first"
    reports = [Text(f"  {_copy(copy)}: {alike(_best(lineage, copy.report_id), copy.report_id)}") for copy in lineage.reports]
    return ["", Text(f"{counted(len(lineage.reports), 'report')}, {told}", style="bold"), *reports]


def _copy(copy: Copy) -> str:
    when = copy.published.isoformat() if copy.published else "undated"
    return f"{short(copy.report_id)}  {when}  {line(copy.publisher) or 'no publisher'}  {line(copy.title)}".rstrip()


def _best(lineage: Lineage, report_id: str) -> list[ReportLink]:
    """Its closest link."""
    links = [link for link in lineage.links if report_id in (link.report_id, link.other_id) and link.likeness in COPIES]
    return sorted(links, key=lambda link: (-link.words, link.report_id, link.other_id))[:1]


def past_event(traces: Sequence[Trace]) -> RenderableType:
    """What became of an event, line by line."""
    said = {"joined": "joined with", "parted": "parted into", "gone": "gone: none of its claims tells of an incident any more"}
    lines = [
        f"{t.event_id} {said[t.what]} {', '.join(t.became)}".rstrip() + f" ({counted(len(t.claims), 'claim')})" for t in traces
    ]
    return Group(*map(Text, lines))


def show_claim(claim: Claim, report: Report, implied: Sequence[Implied] = ()) -> RenderableType:
    """A claim's fields, and its evidence marked in the paragraphs around it; what it implies together with another total."""
    around = _paragraphs(report.text, cover(claim.evidence))
    spans = [(Span(s.start - around.start, s.end - around.start), "") for s in claim.evidence]
    return Group(
        Text(line(claim.summary), style="bold"),
        _facts([*claim_facts(claim), ("evidence", "\n".join(f"“{line(span.of(report.text))}”" for span in claim.evidence))]),
        "",
        Text(title_of(report), style="underline"),
        Padding(marked(around.of(report.text), spans), (0, 2)),
        *(("", implied_table(implied)) if implied else ()),
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
        ("figures", "\n".join(_figure_told(f, row) for f in event.figures)),
        ("in all", "\n".join(f"{figure_line(f)}  ({line(f.rule)})" for f in event.totals)),
        ("told by", f"{counted(event.sources, 'source')}, {event.lineages} independent"),
        ("differs", "\n".join(map(_values, event.contradictions))),
        ("updated", "\n".join(map(_values, event.updates))),
    ]
    return Group(Text(line(event.summary), style="bold"), _facts(facts), "", claims_table(row.claims))


def _figure_told(figure: EventFigure, row: EventRow) -> str:
    """A figure with its rule, and where several claims tell it, a line for each: its words, its chain, its day."""
    told = tellings(figure, row)
    each = (f"  “{line(one.words)}” {line(' via '.join(one.chain) or one.type)}{_on(one)}" for one in told)
    return "\n".join([f"{figure_line(figure)}  ({figure.rule})", *(each if len(told) > 1 else ())])


def _on(told: Told) -> str:
    return f", {told.published}" if told.published else ""


def _values(one: Contradiction) -> str:
    return f"{one.field}: {' / '.join(line(value) for value, _ in one.sides)}"


def implied_table(found: Sequence[Implied]) -> RenderableType:
    """What running totals imply for the days between them."""
    table = _Rows("implied", "number", "measure", "object", "after", "until", "where", "told by", "why")
    for one in found:
        number = "falls" if one.falls else captions.bounds(one.low, one.best, one.high)
        counted_as = captions.coded(one.measure), captions.coded(one.object)
        table.add_row(
            short(one.id), number, *counted_as, f"{one.after}", f"{one.until}", line(one.places), line(one.said_by), line(one.why)
        )
    return table


def disagreements_list(found: Sequence[Disagreement]) -> RenderableType:
    """Contradictions, each with its sides, and the sentences of those who give them."""
    parts: list[RenderableType] = []
    for number, one in enumerate(found, start=1):
        settled = f"  settled: {line(one.settled)}" if one.settled else ""
        parts.append(Text(f"{number}. {line(one.field)} ({one.kind}){settled}", style="dim" if one.settled else "bold"))
        parts.append(Text("   " + " ".join(filter(None, (one.event and short(one.event), line(one.summary)))), style="dim"))
        for side in one.sides:
            parts.append(Text(f"   {line(side.value)}  ·  {side.independent} independent", style="cyan"))
            for voice in side.voices[:VOICES]:
                where = ", ".join(filter(None, (line(voice.said_by), line(voice.publisher), voice.published)))
                said = Text(f"{short(voice.claim)}  {where}\n“{line(' … '.join(voice.sentences))}”")
                parts.append(Padding(said, (0, 0, 0, 6), expand=False))
            if (more := len(side.voices) - VOICES) > 0:
                parts.append(Text(f"      and {more:,} more", style="dim"))
        parts.append("")
    return Group(*parts[:-1])


def trend_table(trend: Trend) -> RenderableType:
    """Counts by period and group; periods in a row in which nothing is told are one line."""
    toll = captions.coded(trend.measure)
    coverage = dict(trend.coverage)
    columns = (trend.unit, *(d.replace("_", " ") for d in trend.dimensions), "events", toll, "reports", "outlets", "lineages")
    table = _Rows(*columns, "published")
    for empty, group in groupby(trend.rows, key=lambda row: not row.events.high and row.period is not None):
        rows = list(group)
        if empty and len(rows) > EMPTY_ROWS:
            table.add_row(f"{rows[0].name} to {rows[-1].name}", *[""] * len(trend.dimensions), "0", *[""] * 5)
            continue
        for row in rows:
            published = coverage.get(row.period) if row.period else None
            table.add_row(
                row.name,
                *map(line, row.group),
                _range(row.events),
                _range(row.toll) if row.toll else "",
                str(row.reports),
                str(row.outlets),
                "" if row.lineages is None else str(row.lineages),
                "" if published is None else f"{published.reports} by {published.outlets}",
            )
    return table


def _range(one: Range) -> str:
    """ "12", "12 (9–15)", "12 (9–15 or more)"."""
    if one.low == one.best == one.high and not one.open:
        return captions.number(one.best)
    ends = f"{captions.number(one.low)}–{captions.number(one.high)}{' or more' if one.open else ''}"
    return f"{captions.number(one.best)} ({ends})"


def timeline_table(found: Sequence[Entry]) -> RenderableType:
    """Events, running totals and what they imply, in the order of time."""
    table = _Rows("when", "kind", "id", "what", "where", "figures", "told by")
    for entry in found:
        table.add_row(
            captions.days(entry.start, entry.end, "day") or captions.NO_DATE,
            Text(entry.kind, style=KIND_STYLES.get(entry.kind, "bold" if entry.kind == "event" else "dim")),
            short(entry.id),
            _sure(entry.certainty) + Text(line(entry.what)),
            line(entry.where),
            "\n".join(map(line, entry.figures)),
            line(entry.told_by),
        )
    return table


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
