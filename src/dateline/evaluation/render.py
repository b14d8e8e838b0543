"""Scores for people (tables) and for machines (JSON)."""

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table

from dateline.evaluation.measures import Evaluation, Score


def render(evaluation: Evaluation) -> RenderableType:
    """The scores as tables for a terminal."""
    return Group(_scores(evaluation), "", _shares(evaluation), "", *_notes(evaluation))


def to_json(evaluation: Evaluation) -> str:
    """The scores as one JSON object; no score is null."""
    return msgspec.json.format(msgspec.json.encode(evaluation, order="deterministic"), indent=2).decode()


def _scores(evaluation: Evaluation) -> Table:
    table = Table("", "precision", "recall", "F1", "gold", "predicted", box=None, title=f"{evaluation.reports} reports")
    for column in table.columns[1:]:
        column.justify = "right"
    parts: list[tuple[str, dict[str, Score]]] = [
        ("claims", evaluation.claims),
        ("on matched claims", evaluation.sets),
        ("figures", evaluation.figures),
        ("figures on matched claims", evaluation.figures_matched),
        ("events (B-cubed)", {"all": evaluation.events, "on matched claims": evaluation.events_matched}),
    ]
    for title, scores in parts:
        table.add_row(f"[bold]{title}[/]")
        for name, score in scores.items():
            values = (_cell(score.p), _cell(score.r), _cell(score.f1), str(score.gold), str(score.predicted))
            table.add_row(f"  {name.replace('_lenient', ', any object')}", *values)
    return table


def _shares(evaluation: Evaluation) -> Table:
    table = Table("[bold]fields of matched claims[/]", "right", "of", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for name, share in evaluation.fields.items():
        table.add_row(f"  {name}", _cell(share.accuracy), str(share.of))
    return table


def _notes(evaluation: Evaluation) -> list[str]:
    faith = evaluation.quote_faithfulness
    return [
        f"verbatim values that stand in the text: {_cell(faith.share)} of {faith.values}",
        f"totals told as incidents: {evaluation.totals_as_incidents}",
        f"dates where the gold has none: {evaluation.dates_guessed}",
    ]


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
