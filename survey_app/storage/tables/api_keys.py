"""Keys with which other programs ask and change."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

api_key = sa.Table(
    "api_key",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # For what it is used, as people call it.
    sa.Column("name", sa.String(100), nullable=False),
    # SHA-256 of what was shown once.
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    # It acts in a role at one place, as an account does; codes, both empty for the whole province.
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    # What of that role it may use: words of `services.accounts.api_keys.Right`, with blanks between.
    sa.Column("rights", sa.String(200), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    # The account whose it is: it ends as that does, or loses the role. None of one made on the command line.
    sa.Column("made_by", sa.Integer),
    sa.Column("expires_at", UtcDateTime, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
    sa.Column("used_at", UtcDateTime),
    info={"placed": Placed.COPIED},
)
