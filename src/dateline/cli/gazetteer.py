"""`dateline gazetteer`: the layers that places are looked for in, and packs of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dateline.gazetteer.add import Added
    from dateline.model import PlaceAlias

SHOWN_CODES = 6
_for_project = click.option(
    "--project", "-p", metavar="DIR", default=None, help="Packs of that project; without it, yours for all projects."
)


@click.group()
def gazetteer() -> None:
    """Show the layers that places are looked for in, and add packs: countries in full, places of your own.

    \b
    Examples:
      dateline gazetteer list
      dateline gazetteer fetch IQ SY
      dateline gazetteer add places.csv --country IQ --project raids
    """


@gazetteer.command()
@click.argument("file", type=click.Path(path_type=Path))
@_for_project
@click.option("--name", metavar="NAME", help="The pack's name; the file's where it is not given.")
@click.option("--country", metavar="CODE", default="", help="Country of rows that name none, as in IQ.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="Column that holds a field, as in name=Village.")
@click.option("--source", metavar="TEXT", help="Whom the data is from, and its licence.")
@click.option("--skip-faults", is_flag=True, help="Leave out lines that cannot be read, instead of adding nothing.")
def add(
    file: Path,
    project: str | None,
    name: str | None,
    country: str,
    columns: tuple[str, ...],
    source: str | None,
    skip_faults: bool,
) -> None:
    """Add the places of FILE as a pack: a country dump of GeoNames, a table of OCHA's, or one of your own.

    FILE is .txt, .tsv, .csv or .zip. Columns are understood by their names, and it is told which was taken for what. Reports
    that are coded from now on are read with it; where two layers hold a place, the later one counts.

    \b
    Examples:
      dateline gazetteer add IQ.zip
      dateline gazetteer add places.csv --country IQ --column name=Village --project raids
    """
    from dateline.cli.progress import steps
    from dateline.gazetteer.add import add_pack
    from dateline.gazetteer.packs import Options

    options = Options(country, _columns(columns), skip_faults)
    with steps() as progress:
        added = add_pack(file, project, name=name, source=source, options=options, progress=progress)
    _tell(added)


@gazetteer.command(name="list")
@_for_project
@click.option("--check", is_flag=True, help="Read all of each layer and compare it with its checksum.")
def list_(project: str | None, check: bool) -> None:
    """List the layers that reports are read with, the lowest first: of two that hold a place, the later one counts.

    \b
    Examples:
      dateline gazetteer list
      dateline gazetteer list --project raids --check
    """
    from dateline.errors import GazetteerError
    from dateline.gazetteer.installed import list_layers
    from dateline.gazetteer.layer import Layer
    from dateline.terminal.engine import layers_table
    from dateline.terminal.layout import console

    layers = list_layers(project)
    console().print(layers_table(layers))
    for layer in layers if check else ():
        if not Layer(layer.path).is_sound():
            raise GazetteerError(f"{layer.path} is damaged: its checksum differs; add its source anew, or reinstall dateline")
    if check:
        click.echo("all checksums hold")


@gazetteer.command()
@click.argument("name")
@_for_project
def remove(name: str, project: str | None) -> None:
    """Take the pack NAME away. Reports that were read with it keep their places.

    \b
    Example:
      dateline gazetteer remove iq
    """
    from dateline.gazetteer.installed import remove_pack

    click.echo(f"removed {remove_pack(name, project)}")


@gazetteer.command()
@click.argument("name")
@_for_project
def find(name: str, project: str | None) -> None:
    """Show the places that NAME could mean, the best known first, with their ids.

    Names that are only like it come behind, marked with ~. In a report the words around a name decide.

    \b
    Examples:
      dateline gazetteer find Hawija
      dateline gazetteer find "Wadi Zaytoun" --project raids
    """
    from dateline.gazetteer import using
    from dateline.gazetteer.installed import installed_layers
    from dateline.gazetteer.search import search
    from dateline.terminal.engine import places_table
    from dateline.terminal.layout import console

    with using(installed_layers(project), _aliases(project)):
        found = search(name)
        if not found:
            click.echo(f"the gazetteer holds no place that {name!r} could mean")
            return
        console().print(places_table(found))


@gazetteer.command()
@click.argument("name")
@click.argument("place_id", metavar="[PLACE_ID]", required=False)
@click.option("--project", "-p", metavar="DIR", required=True, help="The project that the name has this meaning in.")
@click.option("--remove", "takes_away", is_flag=True, help="Leave the name to the gazetteer again.")
def alias(name: str, place_id: str | None, project: str, takes_away: bool) -> None:
    """Let NAME mean the place PLACE_ID in a project, whatever else it could mean.

    It holds for reports that are coded from now on; corrections of places in the workbench do the same. `dateline gazetteer find`
    shows ids.

    \b
    Examples:
      dateline gazetteer alias "Wadi Zaytoun" iqsy-wadi-zaghaytun --project raids
      dateline gazetteer alias "Wadi Zaytoun" --remove --project raids
    """
    from dateline.gazetteer import using
    from dateline.gazetteer.aliases import alias_for
    from dateline.gazetteer.installed import installed_layers
    from dateline.gazetteer.names import fold
    from dateline.store import open_project
    from dateline.store.aliases import add_alias, remove_alias

    if takes_away == bool(place_id):
        raise click.BadParameter("give the id of a place, or --remove", param_hint="PLACE_ID")
    with open_project(project) as opened:
        if place_id is None:
            remove_alias(opened, fold(name))
            click.echo(f"{name}: left to the gazetteer again")
            return
        with using(installed_layers(project)) as layers:
            add_alias(opened, alias_for(name, place_id))
            meant = layers.by_id(place_id)
    click.echo(f"{name}: {meant.name if meant else ''} ({place_id})")


@gazetteer.command()
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY...")
@_for_project
@click.option("--most-mb", type=click.IntRange(min=1), default=300, show_default=True, help="Fetch no file larger than this.")
def fetch(countries: tuple[str, ...], project: str | None, most_mb: int) -> None:
    """Fetch the dumps of countries from geonames.org (CC BY 4.0) and add them as packs.

    COUNTRY is a code, as in IQ. What was stopped goes on where it was. Nothing else of Dateline uses the internet.

    \b
    Example:
      dateline gazetteer fetch IQ SY
    """
    from dateline.cli.progress import steps
    from dateline.gazetteer.add import add_pack
    from dateline.gazetteer.download import fetch_dump
    from dateline.gazetteer.installed import packs_folder

    if wrong := [code for code in countries if not (len(code) == 2 and code.isascii() and code.isalpha())]:
        raise click.BadParameter(f"{wrong[0]!r} is no country's code, as in IQ", param_hint="COUNTRY")
    folder = packs_folder(project)
    for country in countries:
        with steps() as progress:
            fetched = fetch_dump(
                country, folder / "downloads", lambda done, total: progress("fetching", done, total), most=most_mb * 1_000_000
            )
            added = add_pack(fetched.path, project, source="GeoNames (geonames.org), CC BY 4.0", progress=progress)
        fetched.path.unlink()
        _tell(added)


def _aliases(project: str | None) -> "tuple[PlaceAlias, ...]":
    from dateline.store import open_project
    from dateline.store.aliases import aliases_of

    if project is None:
        return ()
    with open_project(project) as opened:
        return aliases_of(opened)


def _columns(said: tuple[str, ...]) -> "Mapping[str, str]":
    from dateline.gazetteer.columns import fields

    named = {field: name for field, _, name in (column.partition("=") for column in said)}
    for field, name in named.items():
        if not name or field not in fields():
            raise click.BadParameter(f"{field!r} is not FIELD=NAME with a field of: {', '.join(fields())}", param_hint="--column")
    return named


def _tell(added: "Added") -> None:
    """What was added, as what, and what was not."""
    head = added.head
    click.echo(f"{added.path}: {head.places:,} places, {head.names:,} names, version {head.hash[:16]}")
    click.echo("columns: " + ", ".join(f"{field} = {name}" for field, name in added.columns.items()))
    if added.left_out:
        shown = ", ".join(f"{code} {count:,}" for code, count in added.left_out.most_common(SHOWN_CODES))
        more = ", ..." if len(added.left_out) > SHOWN_CODES else ""
        click.echo(f"left out, of kinds that reports seldom name: {shown}{more}")
    for fault in added.faults:
        click.echo(f"left out: {fault}", err=True)
