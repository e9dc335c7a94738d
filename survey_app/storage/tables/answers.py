"""What citizens sent, the sums and flags kept beside it, paper sheets, and the codes of queue slips."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, UtcDateTime, metadata

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
    # Answers without a date, which stand in the last month of what they were imported for.
    sa.Index(
        "ix_response_undated",
        "unit_id",
        "month",
        sqlite_where=sa.text("time_source = 'period'"),
        postgresql_where=sa.text("time_source = 'period'"),
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
    # Bits of `analytics.ikm.quality.Flag`; a response without a flag has no row.
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
    # How many of them could be checked for speed, for bursts and repeats, and against hours of service.
    sa.Column("timed", sa.Integer, nullable=False),
    sa.Column("identified", sa.Integer, nullable=False),
    sa.Column("scheduled", sa.Integer, nullable=False, server_default="0"),
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

paper_sheet = sa.Table(
    "paper_sheet",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    # The half-year of the answers, such as 2026-S2, as offices begin their numbers again.
    sa.Column("series", sa.String(8), primary_key=True),
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

#: Somebody said that the clock was right then: arrivals up to `seq` do not count against it.
clock_acceptance = sa.Table(
    "clock_acceptance",
    metadata,
    sa.Column("id", BIG_KEY, primary_key=True, autoincrement=True),
    sa.Column("accepted_at", UtcDateTime, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
)
