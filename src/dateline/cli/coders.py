"""`dateline agreement`: how far two coders agree; `dateline gold`: what people have reviewed, as gold data."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.cli.options import project_option

if TYPE_CHECKING:
    from dateline.reviews import Agreement


@click.command()
@click.argument("first", metavar="CODER")
@click.argument("second", metavar="[CODER]", required=False)
@project_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
def agreement(first: str, second: str | None, project: str, as_json: bool) -> None:
    """Tell how far two coders agree, on the reports that both have finished.

    Cohen's kappa for fields with one value, F1 for sets. With one coder: against the record in force. Coders are assigned in the
    workbench.

    \b
    Examples:
      dateline agreement Cleo Dan
      dateline agreement Cleo --json
    """
    import msgspec

    from dateline.reviews import agreement as agree
    from dateline.store import open_project

    with open_project(project) as opened:
        found = agree(opened, first, second)
    click.echo(msgspec.json.encode(found) if as_json else _table(found))


def _table(found: "Agreement") -> str:
    def number(value: float | None) -> str:
        return "    -" if value is None else f"{value:5.2f}"

    lines = [
        f"{found.reports} reports; claims: F1 {number(found.claims.f1)} of {found.claims.first} and {found.claims.second}",
        "",
    ]
    lines += [f"{'field':<14}  kappa  agree  chance     of"]
    lines += [f"{name:<14}  {number(k.kappa)}  {k.agree:5.2f}   {k.chance:5.2f}  {k.of:5}" for name, k in found.fields.items()]
    lines += ["", f"{'set':<14}     F1  first  second"]
    lines += [f"{name:<14}  {number(s.f1)}  {s.first:5}   {s.second:5}" for name, s in found.sets.items()]
    return "\n".join(lines)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@project_option
def gold(path: Path, project: str) -> None:
    """Write the reports whose claims were all reviewed as gold data, for dateline evaluate and for training.

    One report a line (.jsonl), with its text and the claims in force. Reports of which a claim still waits are left out: what
    nobody has looked at is no gold.

    \b
    Examples:
      dateline gold reviewed.jsonl --project sahel
      dateline evaluate reviewed.jsonl
    """
    from dateline.exports.gold import export_gold
    from dateline.store import open_project
    from dateline.terminal.words import counted

    with open_project(project) as opened:
        written = export_gold(opened, path)
    click.echo(
        f"{counted(written.reports, 'report')} with {counted(written.claims, 'claim')} in {path}; "
        f"{counted(written.waiting, 'report')} with claims that wait for review left out"
    )
