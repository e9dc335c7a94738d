"""In how many working days a complaint is looked at and finished: data/reference/complaints.json."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import jsonschema
import numpy as np

from analytics import Period
from survey_app.instruments import DATA


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Numbers of working days, and which days are.

    Attributes:
        inspected: which urgent matters may take `finish_within_inspected` days.
        window_months: complaints of so many months before the running one are on the list; older ones
            that were never looked at are not.
        working_week: Monday to Sunday.
        days_off: working days of the week that are none.
    """

    look_within: int
    look_within_urgent: int
    finish_within: int
    finish_within_inspected: int
    inspected: frozenset[str]
    window_months: int
    working_week: tuple[bool, ...]
    days_off: tuple[date, ...]

    def working_days(self, since: date, today: date) -> int:
        """Working days after `since`, up to `today` and with it; 0 where `today` is no later.

        What arrives on a day off waits from the next working day on, as from that day's first hour.
        """
        if today <= since:
            return 0
        day = np.timedelta64(1, "D")
        first, last = np.datetime64(since) + day, np.datetime64(today) + day
        off = [np.datetime64(each) for each in self.days_off]
        return int(np.busday_count(first, last, weekmask=list(self.working_week), holidays=off))

    def months(self, now: datetime) -> tuple[Period, Period]:
        """The first and the last of the months whose complaints are looked through."""
        # Until tomorrow: some clocks are ahead of the server's.
        last = Period.containing((now + timedelta(days=1)).date(), "month")
        return Period.containing(now.date(), "month").shift(-self.window_months), last

    def to_look(self, urgent: Collection[str]) -> int:
        """In how many a new one is looked at; `urgent` are the keys of what is urgent about it."""
        return self.look_within_urgent if urgent else self.look_within

    def to_finish(self, urgent: Collection[str]) -> int:
        """In how many it is finished."""
        return self.finish_within_inspected if self.inspected & set(urgent) else self.finish_within


@cache
def limits() -> Limits:
    """Those of the file."""
    return read(json.loads((DATA / "reference/complaints.json").read_text(encoding="utf-8")))


def read(data: Mapping[str, Any]) -> Limits:
    """The limits that `data` holds.

    Raises: jsonschema.ValidationError, and ValueError for a day that is none.
    """
    schema = json.loads((DATA / "schemas/complaints.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    return Limits(
        look_within=data["look_within"],
        look_within_urgent=data["look_within_urgent"],
        finish_within=data["finish_within"],
        finish_within_inspected=data["finish_within_inspected"],
        inspected=frozenset(data["inspected"]),
        window_months=data["window_months"],
        working_week=tuple(map(bool, data["working_week"])),
        days_off=tuple(map(date.fromisoformat, data["days_off"])),
    )
