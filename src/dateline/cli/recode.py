"""`dateline recode`: the reports of a project read anew with the engine of today."""

from functools import partial
from typing import TYPE_CHECKING

import click

from dateline.cli.options import project_option
from dateline.cli.signed import reviewer_option

if TYPE_CHECKING:
    from dateline.model import Reading
    from dateline.reports import Failure

SHOWN = 20


@click.command()
@project_option
@reviewer_option
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; all cores where it is not given.")
@click.pass_context
def recode(ctx: click.Context, project: str, reviewer: str, jobs: int | None) -> None:
    """Read all reports of a project anew with this version of Dateline, and carry the reviews over.

    Reviews find their claims again by the characters that these stand on. Corrections stay in force; a claim that was accepted
    stays so where the engine still reads the same. Reviews that fit no claim are kept and listed by dateline history
    --conflicts. Each report is recoded whole or not at all; a run that was stopped can be begun again.

    Exit status: 0 all is read, 1 some reports could not be read anew (they keep their claims).

    \b
    Examples:
      dateline recode --project sahel
      dateline recode --project sahel --jobs 2
    """
    from dateline.cli.progress import steps
    from dateline.gazetteer.installed import installed_layers
    from dateline.reviews import recode_project
    from dateline.runners.processes import cores
    from dateline.runners.workers import Workers, read_or_fail
    from dateline.store import open_project
    from dateline.store.aliases import aliases_of
    from dateline.terminal.words import counted

    jobs = jobs or cores()
    with open_project(project) as opened, steps() as told:
        task = partial(
            read_or_fail, codebook=opened.codebook(), layers=installed_layers(project), aliases=aliases_of(opened)
        )  # fmt: skip
        with Workers(jobs, task) as workers:
            read = workers.read if jobs > 1 else partial(map, task)
            done = recode_project(
                opened, lambda reports: map(_told, read(reports)), reviewer=reviewer,
                progress=lambda n, total: told("recoding", n, total),
            )  # fmt: skip
    claims = f"{counted(done.same, 'claim')} as before, {done.new:,} new, {done.gone:,} gone"
    reviews = f"{counted(done.carried, 'review')} carried over, {counted(len(done.conflicts), 'conflict')}"
    click.echo(f"{counted(done.reports, 'report')} recoded: {claims}; {reviews}")
    if done.conflicts:
        click.echo("dateline history --conflicts lists the reviews that fit no claim")
    for failure in done.failures[:SHOWN]:
        click.echo(f"not read: {failure.report}: {failure.fault}", err=True)
    ctx.exit(1 if done.failures else 0)


def _told(outcome: "Reading | Failure") -> "Reading | str":
    """A failure in words, as the summary lists it."""
    from dateline.reports import Failure

    return str(outcome) if isinstance(outcome, Failure) else outcome
