"""Papers and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(200)),
        sa.Column("department", sa.String(60)),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("drafted_by", sa.String(200), nullable=False),
        sa.Column("reviewed_by", sa.String(200)),
        sa.Column("finalized_by", sa.String(200)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_opinions"),
    )
    for column in ("owner", "department"):
        op.create_index(f"ix_opinions_{column}", "opinions", [column])
    op.create_index("ix_opinions_status_updated", "opinions", ["status", "updated_at"])
    op.create_table(
        "opinion_versions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("opinion_id", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("who", sa.String(200)),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_opinion_versions"),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["opinions.id"], name="fk_opinion_versions_opinion_id_opinions", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_opinion_versions_number", "opinion_versions", ["opinion_id", "number"], unique=True)


def downgrade() -> None:
    for table in ("opinion_versions", "opinions"):
        op.drop_table(table)
