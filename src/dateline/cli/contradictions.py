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
    from dateline.cli.progress import steps, told
    from dateline.disagreements import disagreements
    from dateline.queries import Selection
    from dateline.queries.records import chosen_claims, disputed_records

    selection = Selection(tuple(asked))
    with opened_project(project) as opened, steps() as draw:
        falling = [one for one in opened.implied() if one.falls]
        if falling and asked:
            kept = chosen_claims(opened, selection, {i for one in falling for i in (*one.earlier, *one.later)})
            falling = [one for one in falling if kept & {*one.earlier, *one.later}]
        events = told(disputed_records(opened, selection, updates=updates), "events", 0, draw)
        return disagreements(events, falling, opened.claim, opened.resolutions(), updates=updates)
