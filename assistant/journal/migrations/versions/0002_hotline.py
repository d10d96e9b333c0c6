"""Orders of the hotline, and the standard replies that came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "hotline_orders",
        sa.Column("order_no", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(80), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.Text()),
        sa.Column("decided_by", sa.String(200)),
        sa.Column("decided_at", sa.DateTime()),
        sa.Column("taken_by", sa.String(200)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("order_no", name="pk_hotline_orders"),
    )
    for column in ("state", "urgent", "created_at"):
        op.create_index(f"ix_hotline_orders_{column}", "hotline_orders", [column])
    op.create_table(
        "standard_replies",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("order_no", sa.String(64), nullable=False),
        sa.Column("matter", sa.String(80)),
        sa.Column("category", sa.String(20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.String(200), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_standard_replies"),
        sa.UniqueConstraint("order_no"),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["hotline_orders.order_no"],
            name="fk_standard_replies_order_no_hotline_orders",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_standard_replies_matter", "standard_replies", ["matter"])
