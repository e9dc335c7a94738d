"""IP ASN: imports and scores."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

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
    info={"placed": Placed.COPIED},
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
    info={"placed": Placed.COPIED},
)

ipasn_sums = sa.Table(
    "ipasn_sums",
    metadata,
    # What the staff who count in a year add up to, and the imports it stands on: of others it is not true.
    sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("imports", sa.Integer, nullable=False),
    sa.Column("last_import", sa.Integer, nullable=False),
    sa.Column("sums", sa.Text, nullable=False),
    info={"placed": Placed.COPIED},
)
