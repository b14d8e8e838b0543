"""What step 5 and 6 keep: lineages and traces of events, implied figures, chained reviews, accounts, UCDP's precision."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _places()
    _lineages_and_traces()
    _implied_figures()
    _reviews()
    _accounts()


def _places() -> None:
    """UCDP's precision of a place, 1 to 7."""


def _lineages_and_traces() -> None:
    """Which report copies which; how events came to be, were joined and were parted."""


def _implied_figures() -> None:
    """What two running totals imply for the days between them."""


def _reviews() -> None:
    """Decisions of people, chained by hashes; the engine's own reading of what they changed."""


def _accounts() -> None:
    """Who may do what, where the workbench is open beyond this machine."""
