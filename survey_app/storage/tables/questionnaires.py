"""Questionnaires that were published in this database; those of the repository stand in data/instruments."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import AppendOnly, Placed, UtcDateTime, metadata

#: Appended and never altered: stored scores are read in the order of the unsur of exactly this version.
questionnaire = sa.Table(
    "questionnaire",
    metadata,
    # Begins as no file's does: `instruments.PREFIX`.
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    # Canonical JSON, and the SHA-256 of its bytes in UTF-8.
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    info={"placed": Placed.COPIED, "append_only": AppendOnly()},
)
