"""What completed months tell about how much the people of a unit differ: estimated at night, numbered."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import Placed, UtcDateTime, metadata

#: One per night on which something was found that was not known before.
calibration = sa.Table(
    "calibration",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)

#: What holds for periods that begin in `month`, and in later ones up to the next row.
unit_past = sa.Table(
    "unit_past",
    metadata,
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("unit.id"), primary_key=True),
    # Of one service; 0 for the whole unit, which is why it points to none.
    sa.Column("service_id", sa.Integer, primary_key=True, autoincrement=False),
    # Questionnaires whose answers are added have one name: `questionnaires.series_name`.
    sa.Column("series", sa.String(16), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    # As of `analytics.ikm.Past`: degrees of freedom, 0 where nothing is lent, and hundredths.
    sa.Column("weight", sa.SmallInteger, nullable=False),
    sa.Column("dispersion", sa.SmallInteger, nullable=False),
    # The one that found it.
    sa.Column("calibration", sa.Integer, sa.ForeignKey("calibration.number"), nullable=False),
    sqlite_with_rowid=False,
    info={"placed": Placed.BY_UNIT},
)

#: The units of the province that a questionnaire measures: what holds for periods that begin in `month`, and
#: in later ones up to the next row.
peers = sa.Table(
    "peers",
    metadata,
    sa.Column("series", sa.String(16), primary_key=True),
    sa.Column("month", sa.Integer, primary_key=True, autoincrement=False),
    # As of `analytics.ikm.Peers`: 0 units for too few; hundredths with blanks between.
    sa.Column("units", sa.Integer, nullable=False),
    sa.Column("dispersion", sa.SmallInteger, nullable=False),
    sa.Column("shares", sa.String(200), nullable=False),
    # The one that found it.
    sa.Column("calibration", sa.Integer, sa.ForeignKey("calibration.number"), nullable=False),
    sqlite_with_rowid=False,
    info={"placed": Placed.COPIED},
)
