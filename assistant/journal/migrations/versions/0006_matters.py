"""Matters of the lawyers' desk, their events, and who is a lawyer for what."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "matters",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("field", sa.String(40)),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("department", sa.String(80)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("assignee", sa.String(200)),
        sa.Column("reviewer", sa.String(200)),
        sa.Column("signer", sa.String(200)),
        sa.Column("due", sa.Date()),
        sa.Column("opinion_id", sa.String(40)),
        sa.Column("conversation_id", sa.String(64)),
        sa.Column("order_no", sa.String(64)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matters"),
    )
    for column in ("kind", "owner", "state", "assignee", "created_at"):
        op.create_index(f"ix_matters_{column}", "matters", [column])
    op.create_table(
        "matter_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("matter_id", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matter_events"),
        sa.ForeignKeyConstraint(
            ["matter_id"], ["matters.id"], name="fk_matter_events_matter_id_matters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_matter_events_matter_id", "matter_events", ["matter_id"])
    op.create_table(
        "lawyers",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("department", sa.String(80)),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lawyers"),
    )
