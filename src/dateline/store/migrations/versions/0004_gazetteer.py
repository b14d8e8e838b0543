"""Which layers of the gazetteer a report was read with.

Null in all rows that were there before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("reports", sa.Column("gazetteer", sa.JSON()))
