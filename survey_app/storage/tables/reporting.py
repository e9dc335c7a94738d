"""Publications, periodic exports, the register of follow-up and the texts of reports."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import AppendOnly, Placed, UtcDateTime, metadata

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
    info={"placed": Placed.COPIED, "append_only": AppendOnly()},
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
    info={"placed": Placed.COPIED, "append_only": AppendOnly()},
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
    info={"placed": Placed.COPIED},
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
    info={"placed": Placed.COPIED},
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
    # What the public reads once `published`: "Masukan Anda" and "Perbaikan kami", English may be empty.
    sa.Column("said_id", sa.String(140), nullable=False),
    sa.Column("said_en", sa.String(140), nullable=False),
    sa.Column("mended_id", sa.String(140), nullable=False),
    sa.Column("mended_en", sa.String(140), nullable=False),
    sa.Column("published", sa.Boolean, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("action", "revision"),
    info={"placed": Placed.COPIED, "append_only": AppendOnly()},
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
    info={"placed": Placed.COPIED},
)
