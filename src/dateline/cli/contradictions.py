"""`dateline contradictions`: what the sources cannot all be right in, as a list to work down."""

from typing import TYPE_CHECKING, Any

import click

from dateline.cli.options import conditions, filter_options, project_option
from dateline.cli.projects import opened_project

if TYPE_CHECKING:
    from dateline.disagreements import Disagreement
    from dateline.filters import Condition


@click.command()
@filter_options
@click.option("--updates", is_flag=True, help="Also numbers that their own source replaced later: no contradictions.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@project_option
def contradictions(project: str, updates: bool, as_json: bool, **filters: Any) -> None:
    """List fields in which the sources of an event cannot all be right, side by side with their sentences.

    Tolls, days, places, doers, whether it happened at all, and running totals that fall. The worst come first: what most
    independent voices stand behind on both sides, then what is farthest apart; what a reviewer has settled comes last.

    \b
    Examples:
      dateline contradictions
      dateline contradictions --place Kharkiv --since 2023 --json
    """
    import msgspec

    from dateline.filters import sentence
    from dateline.terminal.events import disagreements_list
    from dateline.terminal.layout import console
    from dateline.terminal.words import counted

    asked = conditions(**filters)
    found = _found(project, asked, updates=updates)
    if as_json:
        for one in found:
            click.echo(msgspec.json.encode(one))
        return
    to = console()
    to.print(f"{counted(len(found), 'contradiction')} in {sentence('events', asked)}", style="bold")
    if found:
        to.print()
        to.print(disagreements_list(found))


def _found(project: str, asked: "list[Condition]", *, updates: bool) -> "tuple[Disagreement, ...]":
    """Of running totals those whose claims meet the conditions."""
    from dateline.disagreements import disagreements
    from dateline.filters import select_claims, select_events

    with opened_project(project) as opened:
        falling = [one for one in opened.implied() if one.falls]
        if falling and asked:
            kept = {row.claim.id for row in select_claims(list(opened.claims()), asked)}
            falling = [one for one in falling if kept & {*one.earlier, *one.later}]
        return disagreements(
            select_events(opened.event_rows(), asked), falling, opened.claim, opened.resolutions(), updates=updates
        )
