"""The tables. Their history is in migrations/; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment, stored in UTC; a naive one is refused, because its meaning is a guess."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive-datetime: got {value!r}, expected a moment with a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

#: SQLite numbers rows by itself only in an INTEGER primary key.
BIG_KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")

agency = sa.Table(
    "agency",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
)

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("agency_id", sa.Integer, sa.ForeignKey("agency.id"), nullable=False, index=True),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("time_zone", sa.String(60), nullable=False),
    sa.Column("instrument", sa.String(60), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
)

service = sa.Table(
    "service",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("code", sa.String(40), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    # Only an answer with a one-time code from a queue slip is taken.
    sa.Column("codes_required", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("unit_id", "code"),
)

response = sa.Table(
    "response",
    metadata,
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=True),
    sa.Column("id", sa.Uuid, nullable=False, unique=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False),
    sa.Column("instrument", sa.String(60), nullable=False),
    # One digit per element in the instrument's order; 0 is not answered.
    sa.Column("scores", sa.String(40), nullable=False),
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("client_id", sa.String(64)),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("time_source", sa.String(10), nullable=False),
    # yyyymm of answered_at in the unit's own time zone: the period it belongs to.
    sa.Column("month", sa.Integer, nullable=False),
    sa.Column("duration_ms", sa.Integer),
    # The inserting transaction on PostgreSQL, where row ids can commit out of order; 0 on SQLite.
    sa.Column("xid", sa.BigInteger, sa.FetchedValue(), nullable=False, index=True),
    sa.Index("ix_response_unit_id_month", "unit_id", "month"),
    # The newest comments of everybody, and how many there are, without reading the answers around them.
    sa.Index(
        "ix_response_month_answered_at_unit_id",
        "month",
        "answered_at",
        "unit_id",
        sqlite_where=sa.text("comment IS NOT NULL"),
        postgresql_where=sa.text("comment IS NOT NULL"),
    ),
    sqlite_autoincrement=True,
)

rollup = sa.Table(
    "rollup",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
    sa.Column("instrument", sa.String(60), primary_key=True),
    sa.Column("moments", sa.LargeBinary, nullable=False),
    # Counts per profile field and option, as canonical JSON.
    sa.Column("profile", sa.Text, nullable=False),
)

rollup_state = sa.Table(
    "rollup_state",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Everything below it is in the roll-up, everything from it on is the live tail.
    sa.Column("watermark", sa.BigInteger, nullable=False),
    # PostgreSQL's system identifier: transaction ids mean nothing in another cluster.
    sa.Column("cluster", sa.String(40), nullable=False),
)

response_flag = sa.Table(
    "response_flag",
    metadata,
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("month", sa.Integer, nullable=False),
    # Bits of `analytics.quality.Flag`; a response without a flag has no row.
    sa.Column("flags", sa.Integer, nullable=False),
    sa.Index("ix_response_flag_unit_id_month", "unit_id", "month"),
)

flag_cell = sa.Table(
    "flag_cell",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
    sa.Column("instrument", sa.String(60), primary_key=True),
    # Sheets that carry exactly these flags, 0 for none: the cells of a key add up to its roll-up.
    sa.Column("flags", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("moments", sa.LargeBinary, nullable=False),
    # How many of them could be checked for speed, and for bursts and repeats.
    sa.Column("timed", sa.Integer, nullable=False),
    sa.Column("identified", sa.Integer, nullable=False),
)

flag_month = sa.Table(
    "flag_month",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    # Filled sheets the flags were computed of. Answers are only added: the same number is the same answers.
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("rules", sa.String(20), nullable=False),
    # Set when the roll-up folds new answers in, 0 once they are flagged.
    sa.Column("mark", sa.BigInteger, nullable=False),
)

volume = sa.Table(
    "volume",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("users", sa.Integer, nullable=False),
)

publication = sa.Table(
    "publication",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("period", sa.String(8), nullable=False),
    # 1, 2, ...: publishing again never replaces what was published.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False),
    # Canonical JSON of everything the report is made of, and the SHA-256 of its bytes in UTF-8.
    sa.Column("snapshot", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.UniqueConstraint("unit_id", "period", "version"),
)

target = sa.Table(
    "target",
    metadata,
    # Codes; both empty is the whole province, and not NULL, because NULLs never collide in a key.
    sa.Column("agency", sa.String(40), primary_key=True),
    sa.Column("unit", sa.String(40), primary_key=True),
    # "ikm" or "ip-asn".
    sa.Column("kind", sa.String(8), primary_key=True),
    sa.Column("period", sa.String(8), primary_key=True),
    # An exact decimal with two places.
    sa.Column("value", sa.String(6), nullable=False),
    sa.Column("set_by", sa.String(40), nullable=False),
    sa.Column("set_at", UtcDateTime, nullable=False),
)

recap_publication = sa.Table(
    "recap_publication",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # An agency's code; empty is the province, and not NULL: NULLs never collide in a unique constraint.
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.Column("snapshot", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.UniqueConstraint("agency", "period", "version"),
)

ipasn_import = sa.Table(
    "ipasn_import",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("ruleset", sa.String(40), nullable=False),
    sa.Column("measured_on", sa.Date, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("imported_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("year", "ruleset", "digest"),
)

ipasn_score = sa.Table(
    "ipasn_score",
    metadata,
    sa.Column("import_id", sa.Integer, sa.ForeignKey("ipasn_import.id"), primary_key=True),
    # A keyed pseudonym; the NIP and the name never reach the database.
    sa.Column("person", sa.String(32), primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
    sa.Column("status", sa.String(4), nullable=False),
    sa.Column("penyetaraan", sa.Boolean, nullable=False),
    # The four dimension scores as exact decimals, separated by blanks; "-" for none.
    sa.Column("scores", sa.String(60), nullable=False),
    # One digit per dimension: 1 where something was recorded to score.
    sa.Column("recorded", sa.String(4), nullable=False),
)

schedule = sa.Table(
    "schedule",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Codes; empty is no restriction, and not NULL, because NULLs never collide in a unique constraint.
    sa.Column("agency", sa.String(40), nullable=False),
    sa.Column("unit", sa.String(40), nullable=False),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("language", sa.String(2), nullable=False),
    sa.Column("since", sa.String(8), nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    # What is reported: skm or ip-asn.
    sa.Column("report", sa.String(8), nullable=False),
    sa.UniqueConstraint("agency", "unit", "kind", "language", "report"),
)

report_run = sa.Table(
    "report_run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("schedule_id", sa.Integer, sa.ForeignKey("schedule.id"), nullable=False),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("status", sa.String(6), nullable=False),
    # When a scheduler may take it: at once, after the wait of a failure, or when the lease of a claim ends.
    sa.Column("not_before", UtcDateTime, nullable=False),
    # Counted at every claim; whoever finishes must still hold the number it claimed with.
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("made_at", UtcDateTime),
    sa.Column("sha256", sa.String(64)),
    sa.Column("path", sa.String(200)),
    sa.UniqueConstraint("schedule_id", "period"),
    sa.Index("ix_report_run_status_not_before", "status", "not_before"),
)

device = sa.Table(
    "device",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Public: it stands in the kiosk's address. What proves the device is its token.
    sa.Column("code", sa.String(20), nullable=False, unique=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False),
    sa.Column("paired_at", UtcDateTime, nullable=False),
    sa.Column("last_seen", UtcDateTime, nullable=False),
    sa.Column("version", sa.String(40)),
    sa.Column("unsent", sa.Integer, nullable=False),
    sa.Column("refused", sa.Integer, nullable=False),
    # The device's clock minus ours; positive is ahead.
    sa.Column("clock_offset_ms", sa.BigInteger),
    sa.Column("revoked_at", UtcDateTime),
)

pairing = sa.Table(
    "pairing",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    # The device that is paired again; none for a new one.
    sa.Column("device_id", sa.Integer, sa.ForeignKey("device.id")),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("used_at", UtcDateTime),
)

paper_sheet = sa.Table(
    "paper_sheet",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    # The number printed on the sheet: entered twice, it counts once.
    sa.Column("number", sa.String(40), primary_key=True),
    sa.Column("response_id", sa.Uuid, nullable=False, unique=True),
    sa.Column("operator", sa.String(40), nullable=False),
    sa.Column("entered_at", UtcDateTime, nullable=False),
)

queue_batch = sa.Table(
    "queue_batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False, index=True),
    sa.Column("issued_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime),
)

queue_code = sa.Table(
    "queue_code",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    sa.Column("batch_id", sa.Integer, sa.ForeignKey("queue_batch.id"), nullable=False, index=True),
    # Not when, and not for which response: whoever handed out a slip must not find its holder's answers.
    sa.Column("used", sa.Boolean, nullable=False),
)

follow_up = sa.Table(
    "follow_up",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # One action is all rows of its id: a change appends a revision, and the last one is how it stands.
    sa.Column("action", sa.Uuid, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
    # The period the finding is from, and the key of the unsur.
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("unsur", sa.String(40), nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
    # A position (jabatan), never a person.
    sa.Column("responsible", sa.String(120), nullable=False),
    # The quarter it is to be done in; empty while nobody has said.
    sa.Column("due", sa.String(8), nullable=False),
    sa.Column("status", sa.String(12), nullable=False),
    sa.Column("realisation", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    # What the public reads once `published`: "Anda bilang" and "Kami perbaiki", English may be empty.
    sa.Column("said_id", sa.String(140), nullable=False),
    sa.Column("said_en", sa.String(140), nullable=False),
    sa.Column("mended_id", sa.String(140), nullable=False),
    sa.Column("mended_en", sa.String(140), nullable=False),
    sa.Column("published", sa.Boolean, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("action", "revision"),
)

report_text = sa.Table(
    "report_text",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("language", sa.String(2), primary_key=True),
    sa.Column("passage", sa.String(40), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    # SHA-256 of the data the text was written on: when they change, somebody must look at it again.
    sa.Column("data", sa.String(64), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)
