"""Calls to the hotline's platform, and batches of orders."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "hotline_callbacks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("order_no", sa.String(64), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("tried", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(300)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_hotline_callbacks"),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["hotline_orders.order_no"],
            name="fk_hotline_callbacks_order_no_hotline_orders",
            ondelete="CASCADE",
        ),
    )
    for column in ("order_no", "state"):
        op.create_index(f"ix_hotline_callbacks_{column}", "hotline_callbacks", [column])
    op.create_table(
        "hotline_batches",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text()),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("who", sa.String(200)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_hotline_batches"),
    )
