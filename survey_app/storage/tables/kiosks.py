"""Kiosks and how they are paired."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

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
    info={"placed": Placed.COPIED},
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
    info={"placed": Placed.COPIED},
)
