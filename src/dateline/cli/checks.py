"""`dateline evaluate` and `dateline stages`."""

from pathlib import Path

import click


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; all cores where it is not given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(gold: Path, jobs: int | None, as_json: bool) -> None:
    """Code the texts of a GOLD file and score the claims against its own.

    GOLD holds one coded report a line, as JSON; the engine is not shown the claims.

    \b
    Examples:
      dateline evaluate gold.jsonl
      dateline evaluate gold.jsonl --json > scores.json
    """
    from dateline import evaluation
    from dateline.terminal.layout import console

    result = evaluation.evaluate(gold, jobs)
    if as_json:
        click.echo(evaluation.to_json(result))
    else:
        console(markup=True).print(evaluation.render(result))


@click.command()
def stages() -> None:
    """List the stages of the engine in order: what each needs and what it adds.

    \b
    Example:
      dateline stages
    """
    from dateline.pipeline import default_stages, info
    from dateline.terminal.engine import stages_table
    from dateline.terminal.layout import console

    console().print(stages_table([info(stage) for stage in default_stages()]))
