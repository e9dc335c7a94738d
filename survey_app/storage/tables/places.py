"""Agencies, units, services, the people they serve and the targets set for them."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

agency = sa.Table(
    "agency",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    info={"placed": Placed.COPIED},
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
    # A code of the Ministry of Home Affairs; none where the unit serves the whole province, or nobody said.
    sa.Column("region", sa.String(5)),
    # A key of data/reference/unit-kinds.json; none where nobody said.
    sa.Column("kind", sa.String(40)),
    info={"placed": Placed.COPIED},
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
    info={"placed": Placed.COPIED},
)

opening_hours = sa.Table(
    "opening_hours",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    # They hold from this day on, until the next.
    sa.Column("valid_from", sa.Date, primary_key=True),
    # Monday to Sunday: "0730-1600", or "-" on a day without service.
    sa.Column("week", sa.String(80), nullable=False),
    info={"placed": Placed.COPIED},
)

volume = sa.Table(
    "volume",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("service_id", sa.Integer, sa.ForeignKey("service.id"), primary_key=True),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("users", sa.Integer, nullable=False),
    info={"placed": Placed.COPIED},
)

#: Of the users of a unit in a period those with one option of a field of the profile.
users_by_profile = sa.Table(
    "users_by_profile",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("option", sa.Text, primary_key=True),
    sa.Column("users", sa.Integer, nullable=False),
    info={"placed": Placed.COPIED},
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
    info={"placed": Placed.COPIED},
)
