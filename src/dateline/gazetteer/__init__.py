"""Names to places.  `lookup` finds the places that a name could mean, `rank` chooses among them."""

from dateline.gazetteer.data import current, using, version
from dateline.gazetteer.lookup import find, find_alike
from dateline.gazetteer.rank import Asked, choose

__all__ = ["Asked", "choose", "current", "find", "find_alike", "using", "version"]
