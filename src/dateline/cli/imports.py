"""`dateline import`: a whole project from a file."""

from pathlib import Path

import click

from dateline.cli.options import project_option


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@project_option
def import_(file: Path, project: str) -> None:
    """Make a project of FILE, which dateline export --to dateline.jsonl wrote.

    The project must not be there yet, or have nothing in it.  It has all of the file or, where the file is damaged, nothing.

    \b
    Examples:
      dateline import dateline.jsonl --project copy-of-sahel
      dateline export --to dateline.jsonl --with-private-names --project sahel
    """
    from dateline.cli.progress import steps
    from dateline.imports import import_project
    from dateline.terminal.words import counted

    with steps() as progress:
        done = import_project(file, project, progress=progress)
    parts = (counted(done.reports, "report"), counted(done.claims, "claim"), counted(done.events, "event"))
    click.echo(f"{project}: {', '.join(parts)}")
    if not done.private_names:
        click.echo("names of witnesses are not in the file; it was exported without --with-private-names")
