"""`dateline link`: links a project's claims into events; `dateline lineages`: which reports copy one text."""

from typing import get_args

import click

from dateline.cli.options import project_option
from dateline.cli.projects import opened_project
from dateline.model import BestRule


@click.command()
@project_option
@click.option("--best", type=click.Choice(get_args(BestRule)), help="The rule of best numbers, from now on.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes; all cores where it is not given.")
def link(project: str, best: BestRule | None, jobs: int | None) -> None:
    """Link the claims of a project into events: those of new reports, and what they touch.

    dateline code does this by itself. It is needed after an upgrade of Dateline, and to choose another rule of best numbers;
    then all events are made anew. An event keeps its id as long as it has its founding claim; where events are joined or
    parted, dateline show OLD_ID tells what became of them. The events are the same however many processes link them.

    \b
    Examples:
      dateline link
      dateline link --best latest --project sahel
      dateline link --jobs 1
    """
    from dateline.cli.progress import steps
    from dateline.runners.linking import link_project
    from dateline.runners.processes import cores
    from dateline.terminal.words import counted

    with opened_project(project) as opened, steps() as draw:
        if best:
            opened.set_best_rule(best)
        events = link_project(opened, draw, jobs or cores())
    click.echo(f"{counted(events, 'event')} in {project}")


@click.command()
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
def lineages(project: str, as_json: bool) -> None:
    """List the reports that copy one text, and so count as one source: who was first, and how much of the text they share.

    A copy may be cut, may give later figures, or may be another translation of the same statement. What is alike in words
    and not in names and numbers, as daily bulletins are, is no copy. The report that was published first is the origin;
    where dates are missing or the same, none is named.

    \b
    Examples:
      dateline lineages
      dateline lineages --project sahel --json
    """
    import msgspec

    from dateline.store.origins import lineages_of
    from dateline.terminal.layout import console
    from dateline.terminal.lineages import lineages_list
    from dateline.terminal.words import counted

    with opened_project(project) as opened:
        found = lineages_of(opened)
    if as_json:
        for lineage in found:
            click.echo(msgspec.json.encode(lineage))
        return
    console().print(f"{counted(len(found), 'lineage')} of more than one report in {project}", style="bold")
    if found:
        console().print(lineages_list(found))
