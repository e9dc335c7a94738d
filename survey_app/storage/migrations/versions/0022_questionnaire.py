"""Questionnaires published in the database: appended and never altered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from survey_app.storage.tables import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_REFUSAL = "questionnaire is append-only"


def upgrade() -> None:
    op.create_table(
        "questionnaire",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("published_at", UtcDateTime, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
    )
    if _is_postgresql():
        _guard_postgresql()
    else:
        _guard_sqlite()


def downgrade() -> None:
    _refuse_what_could_not_be_read()
    op.drop_table("questionnaire")
    if _is_postgresql():
        op.execute("DROP FUNCTION questionnaire_append_only()")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _refuse_what_could_not_be_read() -> None:
    """Answers are read in the order of the unsur of their questionnaire: without it they are digits."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM questionnaire")).scalar_one():
        raise RuntimeError(
            "downgrade-questionnaires: questionnaires were published in this database, and the schema before "
            "0022 has no place for them; restore the backup made before the update instead"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION questionnaire_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    for name, event, each in (
        ("append_only", "DELETE OR UPDATE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        op.execute(
            f"CREATE TRIGGER questionnaire_{name} BEFORE {event} ON questionnaire "
            f"FOR EACH {each} EXECUTE FUNCTION questionnaire_append_only()"
        )


def _guard_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER questionnaire_no_{event.lower()} BEFORE {event} ON questionnaire "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
