"""Reviews of case files."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "file_reviews",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(200)),
        sa.Column("department", sa.String(60)),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("vetoes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_file_reviews"),
    )
    op.create_index("ix_file_reviews_owner_created", "file_reviews", ["owner", "created_at"])
    for column in ("department", "created_at"):
        op.create_index(f"ix_file_reviews_{column}", "file_reviews", [column])
