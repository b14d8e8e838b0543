"""`dateline report`: what a project holds, as one page."""

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
    from dateline.terminal.words import counted

    with opened_project(project) as opened:
        readings, events = list(opened.readings()), list(opened.events())
        write_page(output, readings, events, title=title or f"Dateline: {project}")
    claims = sum(len(reading.claims) for reading in readings)
    click.echo(f"{output}: {counted(len(readings), 'report')}, {counted(claims, 'claim')}, {counted(len(events), 'event')}")
