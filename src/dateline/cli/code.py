"""`dateline code`: files and folders of reports in, a project out."""

from pathlib import Path

import click

from dateline.cli.options import project_option


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@project_option
@click.option("--published", metavar="DATE", help="Date of publication of all the reports, as in 2019-11-03.")
@click.option("--publisher", metavar="NAME", help="Publisher of all the reports.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME", help="Column of a .csv file that holds a field, as in text=body."
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; all cores where it is not given.")
@click.option("--quiet", "-q", is_flag=True, help="Print failures only.")
def code(
    paths: tuple[Path, ...],
    project: str,
    published: str | None,
    publisher: str | None,
    columns: tuple[str, ...],
    jobs: int | None,
    quiet: bool,
) -> None:
    raise NotImplementedError
