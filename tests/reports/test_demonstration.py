"""The demonstration as a newcomer meets it: every page has something to show, and all of it is consistent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.period import Period
from survey_app.reports import demonstration
from survey_app.services.disclosure import public_recaps, public_results
from survey_app.services.ikm import results
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database, open_database
from survey_app.storage.schedules import Status
from tests.submissions import NOW

#: NOW is in November 2026.
LAST = Period.parse("2026-TW3")


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """Of one kind: each part of it is tested on both where it is made."""
    opened = open_database(sqlite_url)
    yield opened
    opened.close()


def test_every_page_has_something_to_show(database: Database) -> None:
    told: list[float] = []
    demonstration.load(database, ADMIN, NOW, lambda share, what: told.append(share), seed=1, total=4000)
    assert told == sorted(told)
    assert told[-1] == 1.0
    units = catalogue.list_units(database, PROVINCE)
    live = {
        e.unit.code: results.unit_result(database, e.unit.code, LAST, within=PROVINCE).score for e in units
    }
    shown = {r.unit_code: r for r in public_results.latest(database)}
    assert set(shown) == {code for code, score in live.items() if score.n}
    assert {r.period for r in shown.values()} == {LAST}
    seen = {code: r.score.ikm for code, r in shown.items() if r.score is not None}
    assert len(seen) > 20
    assert seen == {code: live[code].ikm for code in seen}
    assert None in {r.agency for r in public_recaps.latest_of(public_recaps.published(database))}
    lines = ordered.lines(database, NOW, PROVINCE)
    assert [(line.period, line.status) for line in lines] == [(LAST, Status.DUE)] * 2
    fleet = devices.fleet(database, ADMIN, NOW)
    assert [(f.device.name, f.silent, f.device.unsent) for f in fleet] == [
        ("Anjungan loket 2", True, 12),
        ("Anjungan ruang tunggu", True, 3),
        ("Anjungan loket 1", False, 0),
    ]
