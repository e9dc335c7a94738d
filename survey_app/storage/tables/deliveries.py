"""Where news is sent, and what waits to be sent."""

from __future__ import annotations

import sqlalchemy as sa

from survey_app.storage.tables.base import BIG_KEY, Placed, UtcDateTime, metadata

webhook = sa.Table(
    "webhook",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # For what it is used, as people call it.
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("address", sa.String(500), nullable=False),
    # What it is told of: words of `services.delivery.events.News`, with blanks between.
    sa.Column("events", sa.String(200), nullable=False),
    # Codes; both empty for the whole province. What happens inside is told.
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    # What makes its secret out of the server's key: without that key it is worth nothing.
    sa.Column("salt", sa.String(32), nullable=False),
    # SHA-256 of that secret: tells whether the key is still the one it was made with.
    sa.Column("secret_hash", sa.String(64), nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    # The account whose it is; none of one made on the command line.
    sa.Column("made_by", sa.Integer),
    sa.Column("active", sa.Boolean, nullable=False),
    # How many deliveries in a row were given up.
    sa.Column("given_up", sa.Integer, nullable=False),
    # Ended for good; it stays for the names of its deliveries.
    sa.Column("ended_at", UtcDateTime),
    info={"placed": Placed.COPIED},
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", BIG_KEY, primary_key=True),
    # By what it is carried: webhook; one day e-mail.
    sa.Column("kind", sa.String(20), nullable=False),
    # To whom: the number of a webhook; one day an address.
    sa.Column("recipient", sa.String(320), nullable=False, index=True),
    sa.Column("event", sa.String(40), nullable=False),
    # The same at every try, by which who receives one twice knows it.
    sa.Column("message", sa.String(64), nullable=False, unique=True),
    # Codes of the place that it tells of; both empty for the whole province.
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    # waiting, delivered or given-up.
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    # Of one that waits the next try; while somebody is at it, when another may.
    sa.Column("not_before", UtcDateTime, nullable=False),
    # What came back last, in a word.
    sa.Column("answer", sa.String(40), nullable=False),
    sa.Column("ended_at", UtcDateTime, index=True),
    sa.Index("ix_outbox_state_not_before", "state", "not_before"),
    info={"placed": Placed.COPIED},
)
