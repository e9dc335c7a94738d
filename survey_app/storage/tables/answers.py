"""What citizens sent, the sums and flags kept beside it, paper sheets, and the codes of queue slips."""

from __future__ import annotations

from enum import StrEnum

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, AppendOnly, Placed, UtcDateTime, metadata


class ImportState(StrEnum):
    """Whether the rows of a file count."""

    STAGED = "staged"
    COUNTED = "counted"
    WITHDRAWN = "withdrawn"


#: One file of answers that was imported for a unit. Its rows count together or not at all.
answer_import = sa.Table(
    "answer_import",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), nullable=False, index=True),
    # SHA-256 of what was read, in hexadecimal; of files of before this table its first half.
    sa.Column("digest", sa.String(64), nullable=False),
    # One of `ImportState`.
    sa.Column("state", sa.String(9), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    # Above 0 where rows of the same file are stored and count for nobody: it is part of what a row is.
    sa.Column("turn", sa.Integer, nullable=False, server_default="0"),
    # When it was withdrawn, in which role and why; without a role nobody did, it was never finished.
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("withdrawn_by", sa.String(20)),
    sa.Column("reason", sa.Text),
    info={"placed": Placed.COPIED},
)

response = sa.Table(
    "response",
    metadata,
    # In the order of arrival on SQLite, where it alone is the key; about so on PostgreSQL.
    sa.Column("seq", BIG_KEY, sa.FetchedValue(), primary_key=True),
    # Made where the answer is given, as the unit is: the two together are the answer.
    sa.Column("id", sa.Uuid, nullable=False),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False),
    sa.Column("instrument", sa.String(60), nullable=False),
    # One digit per element in the instrument's order; 0 is not answered.
    sa.Column("scores", sa.String(40), nullable=False),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("answered_at", UtcDateTime, nullable=False),
    # When it arrived, by the server's clock.
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("time_source", sa.String(10), nullable=False),
    # yyyymm of answered_at in the unit's own time zone: the period it belongs to.
    sa.Column("month", sa.Integer, nullable=False),
    sa.Column("duration_ms", sa.Integer),
    # The file it came from; answers that citizens sent have none.
    sa.Column("import_id", sa.Integer, sa.ForeignKey("answer_import.id")),
    # The paired kiosk that proved itself with its token.
    sa.Column("device_id", sa.Integer, sa.ForeignKey("device.id")),
    # When the form was drawn, as our own signature on it proves.
    sa.Column("page_at", UtcDateTime),
    # Which version of the consent text was shown; None where that was not recorded.
    sa.Column("consent_version", sa.SmallInteger),
    # From here on: what may be emptied later, and nothing else.
    sa.Column("profile", sa.Text, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("client_id", sa.String(64)),
    # A pseudonym of the network it came from, never an address.
    sa.Column("network", sa.String(32)),
    sa.UniqueConstraint("id", "unit_id"),
    sa.Index("ix_response_unit_id_month", "unit_id", "month"),
    # Neighbours of an answer, as flags depend on them: those whose device is known, by their moment.
    sa.Index(
        "ix_response_unit_id_answered_at",
        "unit_id",
        "answered_at",
        sqlite_where=sa.text("client_id <> ''"),
        postgresql_where=sa.text("client_id <> ''"),
    ),
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
    sa.Index(
        "ix_response_import_id",
        "import_id",
        sqlite_where=sa.text("import_id IS NOT NULL"),
        postgresql_where=sa.text("import_id IS NOT NULL"),
    ),
    info={
        "placed": Placed.BY_UNIT,
        # Of a client it stays known that there was one.
        "append_only": AppendOnly(
            emptied={"profile": "{}", "comment": None, "client_id": "", "network": None},
            redacted=("comment",),
        ),
    },
)

#: Answers that count and are not in the roll-up yet; the fold that adds one takes its row away.
tail = sa.Table(
    "tail",
    metadata,
    # No foreign keys: its response has them.
    sa.Column("unit_id", sa.Integer, primary_key=True),
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
    info={"placed": Placed.BY_UNIT},
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
    info={"placed": Placed.BY_UNIT},
)

#: What emptied profiles said: kept so that sums can still be computed anew. Only added to.
kept_profile = sa.Table(
    "kept_profile",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
    sa.Column("instrument", sa.String(60), primary_key=True),
    # The file the answers came from, as they count with it; 0 for none.
    sa.Column("import_id", sa.Integer, primary_key=True, autoincrement=False),
    # Counts per profile field and option, as in `rollup`.
    sa.Column("profile", sa.Text, nullable=False),
    info={"placed": Placed.BY_UNIT},
)

response_flag = sa.Table(
    "response_flag",
    metadata,
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, nullable=False),
    # Bits of `analytics.ikm.quality.Flag`; a response without a flag has no row.
    sa.Column("flags", sa.Integer, nullable=False),
    sa.Index("ix_response_flag_unit_id_month", "unit_id", "month"),
    info={"placed": Placed.BY_UNIT},
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
    info={"placed": Placed.BY_UNIT},
)

flag_month = sa.Table(
    "flag_month",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    # Raised whenever other answers are in the month's roll-up, and when they must be looked at anew.
    sa.Column("revision", sa.Integer, nullable=False),
    # The revision that the flags are of; 0 before there are any.
    sa.Column("flagged", sa.Integer, nullable=False),
    sa.Column("rules", sa.String(20), nullable=False),
    info={"placed": Placed.BY_UNIT},
)

#: Answers that are in the roll-up and not in the flags: what one fold took for a unit's month. A revision
#: after `flagged` without a row was made by something else, and then the month's flags are found anew.
unflagged = sa.Table(
    "unflagged",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    # The one that the fold made.
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    # Numbers of the responses, as a JSON list.
    sa.Column("seqs", sa.Text, nullable=False),
    sqlite_with_rowid=False,
    info={"placed": Placed.BY_UNIT},
)

paper_sheet = sa.Table(
    "paper_sheet",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    # The half-year of the answers, such as 2026-S2, as offices begin their numbers again.
    sa.Column("series", sa.String(8), primary_key=True),
    # The number printed on the sheet: entered twice, it counts once.
    sa.Column("number", sa.String(40), primary_key=True),
    sa.Column("response_id", sa.Uuid, nullable=False),
    sa.Column("operator", sa.String(40), nullable=False),
    sa.Column("entered_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("response_id", "unit_id"),
    info={"placed": Placed.BY_UNIT},
)

queue_batch = sa.Table(
    "queue_batch",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), nullable=False, index=True),
    sa.Column("issued_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime),
    info={"placed": Placed.COPIED},
)

queue_code = sa.Table(
    "queue_code",
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),
    # With the answers of its unit: a code is used up in the transaction that stores one.
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("batch_id", sa.Integer, sa.ForeignKey("queue_batch.id"), nullable=False, index=True),
    # Not when, and not for which response: whoever handed out a slip must not find its holder's answers.
    sa.Column("used", sa.Boolean, nullable=False),
    info={"placed": Placed.BY_UNIT},
)

#: Somebody said that the clock was right then: arrivals up to `seq` do not count against it.
clock_acceptance = sa.Table(
    "clock_acceptance",
    metadata,
    sa.Column("id", BIG_KEY, primary_key=True, autoincrement=True),
    sa.Column("accepted_at", UtcDateTime, nullable=False),
    sa.Column("seq", sa.BigInteger, nullable=False),
    info={"placed": Placed.COPIED},
)
