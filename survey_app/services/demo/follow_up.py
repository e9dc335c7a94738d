"""Invented follow-up for the demonstration: unsur of last year are mended, those of last quarter planned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from analytics import Period
from survey_app.instruments import DATA
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.ikm import results
from survey_app.services.ikm.insight import lowest
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.text import Text

_RESPONSIBLE = ("Kepala Seksi Pelayanan", "Sekretaris", "Kepala Subbagian Umum")
_PAST = (Status.DONE, Status.DONE, Status.POSTPONED)
_NEW = (Status.RUNNING, Status.PLANNED, Status.PLANNED)


def load(database: Database, acting: Acting, entries: Sequence[UnitEntry], now: datetime) -> None:
    """Register the three lowest unsur of a quarter of last year and of the last quarter, for every unit."""
    words = json.loads((DATA / "demo/follow_up.json").read_text(encoding="utf-8"))
    for entry in entries:
        today = now.astimezone(ZoneInfo(entry.unit.time_zone)).date()
        running = Period.containing(today, "quarter")
        for back, states in ((4, _PAST), (1, _NEW)):
            _register(database, acting, entry, running.shift(-back), states, words, now)


def _register(
    database: Database,
    acting: Acting,
    entry: UnitEntry,
    period: Period,
    states: Sequence[Status],
    words: dict[str, Any],
    now: datetime,
) -> None:
    result = results.unit_result(database, entry.unit.code, period, within=PROVINCE)
    for element, status, responsible in zip(lowest(result), states, _RESPONSIBLE, strict=False):
        told = words[element.key]
        action = Action(
            period=period,
            unsur=element.key,
            plan=told["plan"],
            responsible=responsible,
            due=period.shift(2),
            status=status,
        )
        if status is Status.DONE:
            pair = Pair(Text(**told["said"]), Text(**told["mended"]))
            action = replace(action, realisation=told["done"], pair=pair, published=True)
        plans.add(database, acting, entry.unit.code, action, now)
