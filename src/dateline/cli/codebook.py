"""`dateline codebook`: the lists of event types, measures and objects, and files of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dateline.lexicon.codebook import Codebook, ListName


@click.group()
def codebook() -> None:
    """Show Dateline's codebook or a project's, and check a file of your own before you code with it.

    \b
    Examples:
      dateline codebook show > mine.yaml
      dateline codebook check mine.yaml
      dateline code articles/ --codebook mine.yaml
    """


@codebook.command()
@click.option("--project", "-p", metavar="DIR", default=None, help="A project, to see the codebook that it is coded with.")
def show(project: str | None) -> None:
    """Print Dateline's codebook, or that of a project, in the form that `dateline code --codebook` takes.

    \b
    Examples:
      dateline codebook show > mine.yaml
      dateline codebook show --project sahel
    """
    from dateline.cli.projects import opened_project
    from dateline.lexicon.codebook import built_in
    from dateline.lexicon.codebook_file import codebook_yaml

    if project is None:
        click.echo(codebook_yaml(built_in()), nl=False)
        return
    with opened_project(project) as opened:
        click.echo(codebook_yaml(opened.codebook()), nl=False)


@codebook.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say what is wrong in a codebook FILE, or what it does.

    \b
    Example:
      dateline codebook check mine.yaml
    """
    from dateline.lexicon.codebook import LISTS
    from dateline.lexicon.codebook_file import read_codebook

    book = read_codebook(file)
    click.echo(f"{file}: version {book.version}")
    for of in LISTS:
        _tell(book, of)


def _tell(book: "Codebook", of: "ListName") -> None:
    """What a list has, and which names of Dateline's will not be met again."""
    from dateline.lexicon.codebook import built_in

    names, own = book.names(of), built_in().names(of)
    noun = of.replace("_", " ")
    if names == own and of not in book.rules:
        click.echo(f"{noun}: Dateline's own {len(own)}")
        return
    click.echo(f"{noun}: {', '.join(names)}")
    taken = {name for rule in book.rules.get(of, ()) if not rule.worded for name in rule.takes}
    if dropped := [name for name in own if name not in taken and name not in names]:
        sometimes = {name for rule in book.rules.get(of, ()) for name in rule.takes or own}
        told = [f"{name} (unless its words are said)" if name in sometimes else name for name in dropped]
        click.echo(f"  dropped: {', '.join(told)}")
