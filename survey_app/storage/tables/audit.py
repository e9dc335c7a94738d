"""Who did what: one entry for each thing done or refused, never changed."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, AppendOnly, Placed, UtcDateTime, metadata

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", BIG_KEY, primary_key=True),
    # By the clock of the database: several servers have several clocks.
    sa.Column("at", UtcDateTime, nullable=False, index=True),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("refused", sa.Boolean, nullable=False),
    # Codes of the place that it was done to, as far as there is one; both empty for the whole province.
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    # What was done, as a JSON object: the service, and what it was given apart from the place.
    sa.Column("what", sa.Text, nullable=False),
    # How it was before, as JSON; NULL where nothing was.
    sa.Column("before", sa.Text),
    # From here on: who it was and from where, which retention empties and nothing else does.
    sa.Column("who", sa.String(120)),
    sa.Column("network", sa.String(50)),
    info={"placed": Placed.COPIED, "append_only": AppendOnly(emptied={"who": None, "network": None})},
)

#: How often somebody was refused in an hour, so that the log holds the first ones and then each doubling.
refusal_count = sa.Table(
    "refusal_count",
    metadata,
    # Of whom and of which hour, as a hash.
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("refusals", sa.Integer, nullable=False),
    sa.Column("last_at", UtcDateTime, nullable=False),
    info={"placed": Placed.COPIED},
)
