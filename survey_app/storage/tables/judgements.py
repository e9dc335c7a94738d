"""What readers said of comments drawn for a check of how they are grouped."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, AppendOnly, Placed, UtcDateTime, metadata

#: One row per judgement; the last one of a comment is how it stands. No word of the comment is copied.
comment_judgement = sa.Table(
    "comment_judgement",
    metadata,
    # The response whose comment was read. No foreign key: its number is part of no key that is alone.
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("seq", BIG_KEY, primary_key=True, autoincrement=False),
    # 1, 2, ...: another judgement of the same comment.
    sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
    # What the draw was made with, and out of: empty is the province, else "agency:" or "unit:" and a code.
    sa.Column("draw", sa.BigInteger, nullable=False),
    sa.Column("frame", sa.String(60), nullable=False),
    # How the comment was grouped then, the probability with which it was drawn, and that of all together.
    sa.Column("stratum", sa.String(60), nullable=False),
    sa.Column("probability", sa.Float, nullable=False),
    sa.Column("rate", sa.Float, nullable=False),
    # Keys of unsur with blanks between; the kind, or empty.
    sa.Column("unsur", sa.String(400), nullable=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("urgent", sa.Boolean, nullable=False),
    # False where the last judgement was taken back: then none stands.
    sa.Column("stands", sa.Boolean, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("judged_at", UtcDateTime, nullable=False),
    info={"placed": Placed.BY_UNIT, "append_only": AppendOnly()},
)
