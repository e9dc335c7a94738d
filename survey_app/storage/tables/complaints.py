"""What is done about what citizens complain of."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, AppendOnly, Placed, UtcDateTime, metadata

#: One row per step; the last one of a comment is how it stands. No word of the comment is copied.
complaint_step = sa.Table(
    "complaint_step",
    metadata,
    # The response whose comment it is. No foreign key: its number is part of no key that is alone.
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
    # 1, 2, ...: another step for the same comment.
    sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.String(16), nullable=False),
    # A position (jabatan), never a person; empty while nobody has said.
    sa.Column("owner", sa.String(120), nullable=False),
    # What the citizen reads below the receipt, English may be empty. It points at nobody.
    sa.Column("reply_id", sa.String(280), nullable=False),
    sa.Column("reply_en", sa.String(280), nullable=False),
    # The follow-up action that was made of it. No foreign key: an action is many rows.
    sa.Column("action", sa.Uuid),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    info={"placed": Placed.BY_UNIT, "append_only": AppendOnly()},
)
