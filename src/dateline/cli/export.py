"""`dateline export`: what a project holds, as files for other programs."""

from pathlib import Path
from typing import Any

import click

from dateline.cli.options import conditions, filter_options, project_option
from dateline.cli.projects import opened_project


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
@click.option("--with-private-names", "private_names", is_flag=True, help="Keep the names of witnesses, else left out.")
@filter_options
@project_option
def export(targets: tuple[Path, ...], private_names: bool, project: str, **filters: Any) -> None:
    """Write what a project holds as files for other programs; a file's name says what and how.

    \b
    claims, figures, events  .csv, .jsonl, .parquet; events.hxl.csv; links.parquet
    acled.csv, ged.csv       in the columns of ACLED and of UCDP-GED, with their sources and what they cannot hold beside them
    events.geojson           for maps
    events.ftm.json          entities of FollowTheMoney
    provenance.jsonld        what is derived from which characters, by whom (PROV-O)
    dateline.jsonl           the whole project, which dateline import reads again

    Filters are those of dateline claims and dateline events.

    \b
    Examples:
      dateline export --to claims.csv --to events.csv
      dateline export --to out/acled.csv --to out/ged.csv --project sahel
      dateline export --to events.geojson --place Gao --where 'killed>=10'
    """
    from dateline.cli.progress import steps
    from dateline.exports import export_for, export_project
    from dateline.terminal.words import counted

    for target in targets:
        export_for(target.name)  # a wrong name is told before anything is opened
    with opened_project(project) as opened, steps() as progress:
        done = export_project(opened, targets, filters=conditions(**filters), private_names=private_names, progress=progress)
    for written in done:
        click.echo(f"{written.path}: {counted(written.rows, 'row')}")
