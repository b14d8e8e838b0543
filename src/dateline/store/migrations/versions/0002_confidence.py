"""How sure the engine is: of a claim, and of each of its fields.

Null where nothing has been calibrated, and in all rows that were there before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("claims", sa.Column("confidence", sa.Float()))
    op.add_column("grounds", sa.Column("score", sa.Float()))
