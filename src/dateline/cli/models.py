"""`dateline models` and `dateline parse`: the language engine itself."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.model import Report


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the cards as JSON, a model a line.")
def models(as_json: bool) -> None:
    """List the language models of this installation, after their files were compared with their checksums.

    \b
    Examples:
      dateline models
      dateline models --json > models.jsonl
    """
    import msgspec

    from dateline.engines.weights import load_weights, shipped
    from dateline.terminal.engine import model_card
    from dateline.terminal.layout import console

    for name in shipped():
        card = load_weights(name).card
        if as_json:
            click.echo(msgspec.json.encode(card))
        else:
            console().print(model_card(card))


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format", "-f", "kind", type=click.Choice(["conllu", "jsonl"]), default="conllu", show_default=True, help="How to write it."
)
def parse(paths: tuple[Path, ...], kind: str) -> None:
    """Print the sentences of reports as the language engine reads them: words, tags, trees and entities.

    PATHS are reports as `dateline code` takes them; "-" is text from standard input. Offsets count characters of a report's text.

    \b
    Examples:
      dateline parse report.txt
      echo "Troops killed 22 militants." | dateline parse - -f jsonl
    """
    import msgspec

    from dateline.engines.conllu import to_conllu
    from dateline.engines.engine import load_engine

    engine = load_engine()
    for report in _reports(paths):
        sentences = engine.read(report.text, claims=False).sentences
        if kind == "conllu":
            click.echo(f"# newdoc id = {report.id}")
            for row in to_conllu(report.text, sentences):
                click.echo(row)
        else:
            for sentence in sentences:
                click.echo(msgspec.json.encode({"report": report.id, "sentence": sentence}))


def _reports(paths: tuple[Path, ...]) -> "Iterator[Report]":
    """The reports of all paths; ReportError at the first that cannot be read."""
    from dateline.errors import ReportError
    from dateline.model import Report, report_of
    from dateline.reports import find_sources, read_sources

    for path in paths:
        if str(path) == "-":
            yield report_of(sys.stdin.read())
            continue
        for outcome in read_sources(find_sources([path])):
            if not isinstance(outcome, Report):
                raise ReportError(str(outcome))
            yield outcome
