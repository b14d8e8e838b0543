"""`dateline report` and `dateline export`: what a project holds, as files."""

from pathlib import Path

import click

from dateline.cli.options import project_option
from dateline.cli.projects import opened_project


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default="report.html",
    show_default=True,
    help="The file to write.",
)
@click.option("--title", default=None, help="The page's title; the project's name where it is not given.")
@project_option
def report(output: Path, title: str | None, project: str) -> None:
    """Write one page with map, timeline, events, claims and the marked texts.  It opens from disk, without a network.

    \b
    Examples:
      dateline report -o report.html
      dateline report --project sahel -o sahel.html --title "Sahel, March 2022"
    """
    from dateline.exports.page import write_page
    from dateline.terminal import counted

    with opened_project(project) as opened:
        readings, events = list(opened.readings()), list(opened.events())
        write_page(output, readings, events, title=title or f"Dateline: {project}")
    claims = sum(len(reading.claims) for reading in readings)
    click.echo(f"{output}: {counted(len(readings), 'report')}, {counted(claims, 'claim')}, {counted(len(events), 'event')}")


@click.command()
@click.option(
    "--to",
    "targets",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    required=True,
    metavar="FILE",
    help="A file to write; its name says what and how. May be given several times.",
)
@click.option("--private-names", is_flag=True, help="Keep the names of witnesses, which are left out otherwise.")
@project_option
def export(targets: tuple[Path, ...], private_names: bool, project: str) -> None:
    """Write claims, figures and events as files for other programs.

    The files are claims, figures and events, as .csv (for spreadsheets and statistics) or .jsonl (for programs).

    \b
    Examples:
      dateline export --to claims.csv --to events.csv
      dateline export --to out/claims.jsonl --project sahel
    """
    from dateline.exports import export_for, export_project
    from dateline.terminal import counted

    for target in targets:
        export_for(target.name)  # a wrong name is told before anything is written
    with opened_project(project) as opened:
        for target in targets:
            written = export_project(opened, target, private_names=private_names)
            click.echo(f"{written.path}: {counted(written.rows, 'row')}")
