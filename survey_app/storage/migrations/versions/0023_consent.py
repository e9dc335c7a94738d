"""Which version of the consent text was shown with an answer; of all that came before it is not recorded."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_FIXED_BEFORE = (
    "seq, id, unit_id, service_id, instrument, scores, channel, answered_at, received_at, time_source, "
    "month, duration_ms, import_id, device_id, page_at"
)
_REFUSAL = "response is append-only"


def upgrade() -> None:
    """A column without a value is only noted in the schema: no row is written, however many there are."""
    op.add_column("response", sa.Column("consent_version", sa.SmallInteger))
    _fix(f"{_FIXED_BEFORE}, consent_version")


def downgrade() -> None:
    """The versions are lost and the answers stay: refusing would leave a restore, which loses answers."""
    _fix(_FIXED_BEFORE)
    op.drop_column("response", "consent_version")


def _fix(columns: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER response_append_only ON response")
        op.execute(
            f"CREATE TRIGGER response_append_only BEFORE DELETE OR UPDATE OF {columns} ON response "
            "FOR EACH ROW EXECUTE FUNCTION response_append_only()"
        )
    else:
        op.execute("DROP TRIGGER response_no_update")
        op.execute(
            f"CREATE TRIGGER response_no_update BEFORE UPDATE OF {columns} ON response "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
