"""Names that mean one place throughout a project, because an analyst said so.

A correction is kept with the project (`Project.add_alias`) and wins over all choosing from then on, in reports that are read or
coded anew; taking it away undoes it.  Reports that were read before keep their places.
"""

from dateline.errors import GazetteerError
from dateline.gazetteer.data import current
from dateline.gazetteer.names import fold
from dateline.model.place import PlaceAlias


def alias_for(name: str, place_id: str) -> PlaceAlias:
    """The alias that makes `name` mean the place with that id.

    Spellings that differ in case, accents, hyphens or apostrophes are one name.  Raises GazetteerError where the name holds
    no letters, or where no layer in use (`using(installed_layers(project))`) holds such a place: none is invented.
    """
    folded = fold(name)
    if not any(map(str.isalpha, folded)):
        raise GazetteerError(f"{name!r} is no name of a place")
    if current().by_id(place_id) is None:
        raise GazetteerError(
            f"no place {place_id!r} in the gazetteer. `dateline gazetteer find NAME` shows the ids of what it has; "
            "places that it lacks are added with `dateline gazetteer add FILE`"
        )
    return PlaceAlias(folded, place_id)
