"""`dateline audit`: is the log of decisions whole, and is the record what it says?"""

import click

from dateline.cli.options import project_option

SHOWN = 20


@click.command()
@project_option
@click.option("--head", metavar="HASH", help="The hash that an earlier audit printed, to see that nothing after it was cut off.")
@click.pass_context
def audit(ctx: click.Context, project: str, head: str | None) -> None:
    """Check the chain of all reviews, the evidence of all claims, and that the record is what the reviews make of it.

    Each review holds the hash of the one before it: a row that was changed, taken out or put in shows. The last rows can be cut
    off unseen; so note the hash that this prints somewhere else, and give it the next time.

    Exit status: 0 all is well, 1 something is wrong; the first fault is named first.

    \b
    Examples:
      dateline audit
      dateline audit --project raids --head 3f2a91bc...
    """
    from dateline.reviews import audit as check
    from dateline.store import open_project
    from dateline.terminal.words import counted

    with open_project(project) as opened:
        found = check(opened, head)
    for fault in found.faults[:SHOWN]:
        click.echo(f"wrong: {fault}", err=True)
    if len(found.faults) > SHOWN:
        click.echo(f"... and {len(found.faults) - SHOWN:,} more", err=True)
    parts = [counted(found.reviews, "review"), counted(found.reports, "report"), counted(found.claims, "claim")]
    click.echo(f"{', '.join(parts)} checked; {counted(len(found.faults), 'fault')}")
    click.echo(f"last review: {found.reviews} {found.head}")
    ctx.exit(1 if found.faults else 0)
