"""Events, what became of them, and where their sources differ."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from dateline import captions
from dateline.disagreements import Disagreement
from dateline.model import Contradiction, EventFigure, EventRow, Told, Trace, tellings
from dateline.terminal.claims import claims_table
from dateline.terminal.layout import Rows, facts_table, sure
from dateline.terminal.words import counted, event_time, event_where, figure_line, line, names_of, short, sides_of

VOICES = 4  # claims that are shown of each side of a contradiction


def events_table(rows: Sequence[EventRow]) -> RenderableType:
    """Events: what happened as far as all claims about it tell."""
    table = Rows("event", "what", "who → whom", "figures", "where", "when", "claims", "sources")
    for event, claims in rows:
        table.add_row(
            short(event.id),
            sure(event.certainty) + Text(captions.event_type(event.event_type)),
            sides_of(event.initiator, event.target),
            "\n".join(figure_line(f) for f in event.figures),
            event_where(event),
            event_time(event),
            str(len(claims)),
            str(event.sources),
        )
    return table


def show_event(row: EventRow) -> RenderableType:
    """An event's fields, where its sources differ, and its claims."""
    event = row.event
    facts = [
        ("event", event.id),
        ("what", captions.event_type(event.event_type)),
        ("certainty", event.certainty),
        ("who", names_of(event.initiator)),
        ("whom", names_of(event.target)),
        ("where", event_where(event)),
        ("when", event_time(event)),
        ("operation", line(event.operation)),
        ("figures", "\n".join(_figure_told(f, row) for f in event.figures)),
        ("in all", "\n".join(f"{figure_line(f)}  ({line(f.rule)})" for f in event.totals)),
        ("told by", f"{counted(event.sources, 'source')}, {event.lineages} independent"),
        ("differs", "\n".join(map(_values, event.contradictions))),
        ("updated", "\n".join(map(_values, event.updates))),
    ]
    return Group(Text(line(event.summary), style="bold"), facts_table(facts), "", claims_table(row.claims))


def _figure_told(figure: EventFigure, row: EventRow) -> str:
    """A figure with its rule, and where several claims tell it, a line for each: its words, its chain, its day."""
    told = tellings(figure, row)
    each = (f"  “{line(one.words)}” {line(' via '.join(one.chain) or one.type)}{_on(one)}" for one in told)
    return "\n".join([f"{figure_line(figure)}  ({figure.rule})", *(each if len(told) > 1 else ())])


def _on(told: Told) -> str:
    return f", {told.published}" if told.published else ""


def _values(one: Contradiction) -> str:
    return f"{one.field}: {' / '.join(line(value) for value, _ in one.sides)}"


def past_event(traces: Sequence[Trace]) -> RenderableType:
    """What became of an event, line by line."""
    said = {"joined": "joined with", "parted": "parted into", "gone": "gone: none of its claims tells of an incident any more"}
    lines = [
        f"{t.event_id} {said[t.what]} {', '.join(t.became)}".rstrip() + f" ({counted(len(t.claims), 'claim')})" for t in traces
    ]
    return Group(*map(Text, lines))


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
