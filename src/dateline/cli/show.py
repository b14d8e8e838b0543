"""`dateline show`: one report, claim or event; `dateline explain`: why a claim is as it is."""

from typing import TYPE_CHECKING

import click

from dateline.cli.options import project_option
from dateline.cli.projects import opened_project

if TYPE_CHECKING:
    from dateline.store import Found, Project


@click.command()
@click.argument("name", metavar="ID")
@project_option
def show(name: str, project: str) -> None:
    """Show a report with its claims marked, a claim with its evidence, or an event with all that is said about it.

    ID is the id of a report, claim or event, its beginning, or the file name of a report. Of an event that was joined with
    another or parted it tells what became of it.

    \b
    Examples:
      dateline show c-3f2a91bc
      dateline show sahel-market.txt
      dateline show e-77aa --project sahel
    """
    from dateline.store.origins import links_of, traces_of
    from dateline.terminal.claims import show_claim, show_report
    from dateline.terminal.events import past_event, show_event
    from dateline.terminal.layout import console

    with opened_project(project) as opened:
        found = _found(opened, name)
        if isinstance(found, str):
            console().print(past_event(traces_of(opened, found)))
            return
        if found.noun == "report":
            reading = opened.reading(found.id)
            shown = show_report(reading.report, reading.claims, reading.gazetteer, links_of(opened, found.id))
        elif found.noun == "claim":
            implied = [one for one in opened.implied() if found.id in (*one.earlier, *one.later)]
            shown = show_claim(*opened.claim(found.id), implied)
        else:
            shown = show_event(opened.event(found.id))
        console().print(shown)


def _found(project: "Project", name: str) -> "Found | str":
    """What a name stands for; the id of an event that is no more, where it stands for that."""
    from dateline.errors import StoreError
    from dateline.store.origins import find_past_event

    try:
        return project.find(name)
    except StoreError:
        if past := find_past_event(project, name):
            return past
        raise


@click.command()
@click.argument("name", metavar="CLAIM")
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def explain(name: str, project: str, as_json: bool) -> None:
    """Say why a claim is as it is: for every field the words, the rule or head that read it with its score, and what else
    was considered and not taken.

    CLAIM is the id of a claim, or its beginning. The report is read anew for it; a claim that another version of the engine
    made is not explained.

    \b
    Examples:
      dateline explain c-3f2a91bc
      dateline explain c-3f2a91bc --json
    """
    import msgspec

    from dateline.claims.explain import explain_claim
    from dateline.claims.recode import recode
    from dateline.errors import StoreError
    from dateline.gazetteer import using
    from dateline.gazetteer.installed import installed_layers
    from dateline.pipeline import read_report
    from dateline.store import open_project
    from dateline.store.aliases import aliases_of
    from dateline.terminal.claims import explanation
    from dateline.terminal.layout import console

    with open_project(project) as opened:
        found = opened.find(name)
        if found.noun != "claim":
            raise click.BadParameter(f"{name} is a {found.noun}; a claim's id begins with c-", param_hint="CLAIM")
        claim, report = opened.claim(found.id)
        with using(installed_layers(project), aliases_of(opened)):
            fresh = recode(read_report(report), opened.codebook())
    again = next((c for c in fresh.claims if c.id == claim.id), None)
    if again is None:
        raise StoreError(
            f"{claim.id} was made by another version of the engine. Code the report anew to have its claims explained."
        )
    fields = explain_claim(fresh, again)
    if as_json:
        click.echo(msgspec.json.encode({"claim": again.id, "evidence": again.evidence, "fields": fields}))
        return
    console().print(explanation(again, report, fields))
