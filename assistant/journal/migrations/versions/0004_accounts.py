"""Accounts, sessions, tokens, guesses and the audit log; conversations know their department."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("department", sa.String(60)))
    op.create_index("ix_conversations_department", "conversations", ["department"])
    op.add_column("messages", sa.Column("memory", sa.JSON()))
    op.create_table(
        "people",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("department", sa.String(60)),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("password_set_at", sa.DateTime()),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("single_sign_on", sa.Boolean(), nullable=False),
        sa.Column("issuer", sa.String(200)),
        sa.Column("subject", sa.String(200)),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("name", name="pk_people"),
    )
    op.create_index("ix_people_department", "people", ["department"])
    op.create_index("ix_people_issuer_subject", "people", ["issuer", "subject"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("person", sa.String(40)),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
        sa.ForeignKeyConstraint(["person"], ["people.name"], name="fk_sessions_person_people", ondelete="CASCADE"),
    )
    for column in ("person", "expires_at"):
        op.create_index(f"ix_sessions_{column}", "sessions", [column])
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("person", sa.String(40), nullable=False),
        sa.Column("label", sa.String(60), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime()),
        sa.Column("used_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.ForeignKeyConstraint(["person"], ["people.name"], name="fk_tokens_person_people", ondelete="CASCADE"),
    )
    op.create_index("ix_tokens_person", "tokens", ["person"])
    op.create_table(
        "guesses",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_guesses"),
    )
    op.create_index("ix_guesses_last_at", "guesses", ["last_at"])
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("credential", sa.String(80), nullable=False),
        sa.Column("address", sa.String(80), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("object", sa.String(200), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    for column in ("at", "who", "action"):
        op.create_index(f"ix_audit_{column}", "audit", [column])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "seal": "", "key": ""}])
    _append_only()


def _append_only() -> None:
    """The database itself refuses to change or delete a row; who takes this away is found by the seals."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "create function audit_append_only() returns trigger language plpgsql as "
            "$$ begin raise exception 'the audit log is append-only'; end $$"
        )
        op.execute(
            "create trigger audit_append_only before update or delete or truncate on audit "
            "for each statement execute function audit_append_only()"
        )
        return
    for verb in ("update", "delete"):
        op.execute(
            f"create trigger audit_no_{verb} before {verb} on audit "
            "begin select raise(abort, 'the audit log is append-only'); end"
        )
