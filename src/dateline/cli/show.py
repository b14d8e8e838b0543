"""`dateline show`: one report, claim or event."""

import click

from dateline.cli.options import project_option


@click.command()
@click.argument("name", metavar="ID")
@project_option
def show(name: str, project: str) -> None:
    """Show a report with its claims marked, a claim with its evidence, or an event with all that is said about it.

    ID is the id of a report, claim or event, its beginning, or the file name of a report.

    \b
    Examples:
      dateline show c-3f2a91bc
      dateline show sahel-market.txt
      dateline show e-77aa --project sahel
    """
    from dateline.store import open_project
    from dateline.terminal import console, show_claim, show_event, show_report

    with open_project(project) as opened:
        found = opened.find(name)
        if found.noun == "report":
            reading = opened.reading(found.id)
            shown = show_report(reading.report, reading.claims)
        elif found.noun == "claim":
            shown = show_claim(*opened.claim(found.id))
        else:
            shown = show_event(opened.event(found.id))
    console().print(shown)
