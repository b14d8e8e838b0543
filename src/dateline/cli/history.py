"""`dateline history`: who changed what, from what, when and why; and undoing it."""

from typing import TYPE_CHECKING, Any

import click

from dateline.cli.options import project_option
from dateline.cli.signed import reviewer_option

if TYPE_CHECKING:
    from dateline.reviews import HistoryRow


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@project_option
@click.option("--by", "of", metavar="NAME", help="Only reviews of this person.")
@click.option("--coder", metavar="NAME", help="Reviews of a second coder, who codes blind.")
@click.option("--conflicts", is_flag=True, help="Only reviews that fit no claim since the reports were coded anew.")
@click.option("--limit", "-n", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")
@click.option("--undo", type=int, metavar="NUMBER", help="Undo a review.")
@click.option("--redo", type=int, metavar="NUMBER", help="Let a review hold again.")
@click.option(
    "--revert", type=int, metavar="NUMBER", help="Bring claim ID back to its state after this review; 0: as it was read."
)
@click.option("--reason", metavar="TEXT", help="Why it is undone.")
@reviewer_option
def history(
    name: str | None,
    project: str,
    of: str | None,
    coder: str | None,
    conflicts: bool,
    limit: int,
    as_json: bool,
    undo: int | None,
    redo: int | None,
    revert: int | None,
    reason: str | None,
    reviewer: str,
) -> None:
    """Tell who changed what, from what, when and why; undo it, or bring a claim back to how it was.

    ID is a claim, report, event or source, or the beginning of its id; without it all reviews are listed.

    \b
    Examples:
      dateline history c-3f2a91bc
      dateline history --by Ana -n 10
      dateline history --conflicts
      dateline history --undo 17 --reason "read the wrong sentence"
      dateline history c-3f2a91bc --revert 0
    """
    import msgspec

    from dateline import reviews
    from dateline.store import open_project

    if sum(given is not None for given in (undo, redo, revert)) > 1:
        raise click.UsageError("give one of --undo, --redo and --revert")
    if revert is not None and name is None:
        raise click.UsageError("--revert needs the claim's ID")
    with open_project(project) as opened:
        if undo is not None or redo is not None:
            decision = reviews.Undo(number=undo) if undo is not None else reviews.Redo(number=redo or 0)
            done = [reviews.decide(opened, decision, reviewer=reviewer, reason=reason, layer=coder)]
        elif revert is not None:
            done = reviews.revert(opened, _claim(opened, name or ""), revert, reviewer=reviewer, reason=reason)
        else:
            subject = None if name is None else _claim(opened, name)
            rows = reviews.history(opened, subject, reviewer=of, conflicts=conflicts, layer=coder, limit=limit)
            for row in rows:
                click.echo(msgspec.json.encode(row) if as_json else _line(row))
            return
    for decided in done:
        click.echo(f"review {decided.number} is written")


def _claim(project: Any, name: str) -> str:
    """The id of what is there; a claim that was rejected, or a source, is found by its whole id."""
    from dateline.errors import StoreError

    try:
        return str(project.find(name).id)
    except StoreError:
        if project.reviews(name):
            return name
        raise


def _line(row: "HistoryRow") -> str:
    """ "17  2026-01-02 10:11  Ana  correct c-3f2a.. certainty: stated -> alleged (it is said)"."""
    from dateline.hidden import code, is_hidden

    state = f"  [conflict: {row.conflict}]" if row.conflict else f"  [undone by {row.undone_by}]" if not row.stands else ""
    about = f"review {row.target}" if row.target is not None else row.subject
    change = ""
    if row.before is not None or row.value is not None:
        change = f" {_short(row.before)} -> {_short(row.value)}"
    field = f" {row.field}:" if row.field else ""
    why = f" ({row.reason})" if row.reason else ""
    when = row.at[:16].replace("T", " ")
    line = " ".join(f"{row.number:>5}  {when}  {row.reviewer}  {row.action} {about}{field}{change}{why}{state}".split("\n"))
    return "".join(code(c) if is_hidden(line, i) else c for i, c in enumerate(line))


def _short(value: Any, most: int = 80) -> str:
    import msgspec

    if value is None:
        return "-"
    told = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return told if len(told) <= most else told[: most - 3] + "..."
