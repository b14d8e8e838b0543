"""`dateline code`: files and folders of reports in, a project out."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.options import INTERRUPTED, project_option

if TYPE_CHECKING:
    from dateline.reports import ReadOptions
    from dateline.runners.local import CodingSummary

SHOWN_IGNORED = 5


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@project_option
@click.option("--published", metavar="DATE", help="Date of publication of all the reports, as in 2019-11-03.")
@click.option("--publisher", metavar="NAME", help="Publisher of all the reports.")
@click.option("--language", metavar="CODE", help="Language of all the reports, as in en.")
@click.option(
    "--column", "columns", multiple=True, metavar="FIELD=NAME", help="Column of .csv files that holds a field, as in text=body."
)
@click.option("--codebook", type=click.Path(path_type=Path), metavar="FILE", help="Event types and other lists of your own.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; all cores where it is not given.")
@click.option("--quiet", "-q", is_flag=True, help="Print only what could not be read.")
@click.pass_context
def code(
    ctx: click.Context,
    paths: tuple[Path, ...],
    project: str,
    published: str | None,
    publisher: str | None,
    language: str | None,
    columns: tuple[str, ...],
    codebook: Path | None,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Read reports into a project: claims with their sources and figures, and the events that they tell of.

    PATHS are files and folders of .txt, .md, .html, .json, .jsonl and .csv.  What is known of a report (title, publisher,
    date) comes from these options, a side file (report.meta.yaml beside report.txt), the file itself, in this order.  A report
    that the project has is not read again, so a run that was stopped goes on where it was.  A project keeps the codebook that
    it was begun with; see dateline codebook.

    Exit status: 0 all is read, 1 some could not be (the rest is done), 2 wrong usage, 130 stopped by Ctrl-C.

    \b
    Examples:
      dateline code articles/ --project sahel
      dateline code story.html wire.jsonl --publisher "Sahel Courier" --published 2022-03-09
      dateline code table.csv --column text=body --column published=day
      dateline code articles/ --project raids --codebook mine.yaml
    """
    from dateline.cli.progress import bar
    from dateline.lexicon.codebook_file import read_codebook
    from dateline.runners.local import CodingStopped, code_project

    options = _options(published, publisher, language, columns)
    own = read_codebook(codebook) if codebook else None
    try:
        with bar(shown=not quiet) as progress:
            summary = code_project(paths, options, project, codebook=own, jobs=jobs, progress=progress)
    except CodingStopped as e:
        click.echo(f"\ndateline: {e}", err=True)
        ctx.exit(INTERRUPTED)
    if not quiet:
        _tell(summary, project)
    for failure in summary.failures:
        click.echo(f"not read: {failure}", err=True)
    ctx.exit(1 if summary.failures else 0)


def _options(published: str | None, publisher: str | None, language: str | None, columns: tuple[str, ...]) -> "ReadOptions":
    from dateline.errors import ReportError
    from dateline.reports import ReadOptions, parse_published

    if wrong := [column for column in columns if "=" not in column]:
        raise click.BadParameter(f"{wrong[0]!r} is not FIELD=NAME, as in text=body", param_hint="--column")
    try:
        return ReadOptions(
            published=parse_published(published) if published else None,
            publisher=publisher,
            language=language,
            columns={field: name for field, _, name in (column.partition("=") for column in columns)},
        )
    except ReportError as e:
        raise click.UsageError(str(e)) from e


def _tell(summary: "CodingSummary", project: str) -> None:
    from dateline.terminal.words import counted

    parts = [f"{counted(summary.coded, 'report')} coded"]
    if summary.already:
        parts.append(f"{summary.already} there already")
    if summary.failures:
        parts.append(f"{len(summary.failures)} not read")
    click.echo(f"{', '.join(parts)}; {counted(summary.events, 'event')} in {project}")
    if summary.ignored:
        hidden = len(summary.ignored) - SHOWN_IGNORED
        more = f" and {hidden:,} more" if hidden > 0 else ""
        names = ", ".join(ignored.path for ignored in summary.ignored[:SHOWN_IGNORED])
        click.echo(f"left out, of other kinds: {names}{more}")
