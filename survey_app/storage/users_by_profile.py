"""Users served by the options of a profile field: one number for each, per unit and period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from survey_app.storage.tables import unit, users_by_profile

#: Users by field and option.
Sizes = Mapping[str, Mapping[str, int]]


def put(connection: Connection, unit_id: int, period: str, field: str, users: Mapping[str, int]) -> None:
    """Record a field anew in the place of what was recorded of it; nothing in `users` forgets it."""
    # Two who record the same field at once: the later replaces the whole of the earlier.
    connection.execute(sa.select(unit.c.id).where(unit.c.id == unit_id).with_for_update(key_share=True))
    c = users_by_profile.c
    old = (c.unit_id == unit_id) & (c.period == period) & (c.field == field)
    connection.execute(sa.delete(users_by_profile).where(old))
    rows = [
        {"unit_id": unit_id, "period": period, "field": field, "option": option, "users": n}
        for option, n in users.items()
    ]
    if rows:
        connection.execute(sa.insert(users_by_profile), rows)


def read(connection: Connection, unit_id: int, periods: Sequence[str]) -> dict[str, Sizes]:
    """What is recorded of a unit for each of the periods that has any."""
    c = users_by_profile.c
    query = sa.select(c.period, c.field, c.option, c.users).where(c.unit_id == unit_id, c.period.in_(periods))
    found: defaultdict[str, defaultdict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for period, field, option, users in connection.execute(query.order_by(c.period, c.field, c.option)):
        found[period][field][option] = users
    return {period: {field: dict(sizes) for field, sizes in of.items()} for period, of in found.items()}
