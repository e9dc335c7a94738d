"""The demonstration: the same for the same seed, valid by intake's rules, plausible, something on every page.

One of it for all of this, as it takes a quarter of a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app import instruments
from survey_app.reports import demonstration
from survey_app.services.demo import province
from survey_app.services.disclosure import public_recaps, public_results
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Status
from survey_app.services.ikm import results
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database, open_database
from survey_app.storage.schedules import Status as RunStatus
from tests.submissions import NOW

TOTAL = 4_000
#: NOW is in November 2026.
LAST = Period.parse("2026-TW3")


@dataclass(frozen=True)
class Loaded:
    """A demonstration, how many answers it says it has, and the shares it told while it was loaded."""

    database: Database
    written: int
    told: tuple[float, ...]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """In a database of one kind; the command line loads a smaller one into both."""
    told: list[float] = []
    database = open_database(f"sqlite:///{tmp_path_factory.mktemp('demo')}/survey.db")
    written = demonstration.load(
        database, ADMIN, NOW, lambda share, what: told.append(share), seed=1, total=TOTAL
    )
    yield Loaded(database, written, tuple(told))
    database.close()


def rows(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(r) for r in connection.execute(sa.text("SELECT * FROM response ORDER BY id"))]


def test_the_same_seed_is_the_same_province(loaded: Loaded, tmp_path: Path) -> None:
    again = open_database(f"sqlite:///{tmp_path}/again.db")
    with pytest.raises(_AllAnswered):
        province.load(again, ADMIN, NOW, _until_all_answered, seed=1, total=TOTAL)
    assert rows(again) == rows(loaded.database)
    again.close()
    assert 0.9 * TOTAL < loaded.written < 1.1 * TOTAL


class _AllAnswered(Exception):
    pass


def _until_all_answered(share: float, what: str) -> None:
    """What is worked out from the answers afterwards takes most of the time."""
    if what == "Rekapitulasi":
        raise _AllAnswered


def test_every_invented_answer_is_valid_and_units_differ(loaded: Loaded) -> None:
    database = loaded.database
    assert list(loaded.told) == sorted(loaded.told)
    assert loaded.told[-1] == 1.0
    entries = catalogue.list_units(database, PROVINCE)
    assert (len({e.agency.code for e in entries}), len(entries)) == (10, 60)
    with database.read() as connection:
        for ref, scores in connection.execute(sa.text("SELECT DISTINCT instrument, scores FROM response")):
            assert len(scores) == len(instruments.get(ref).keys)
            assert set(scores) <= set("1234")
        late = connection.execute(sa.text("SELECT count(*) FROM response WHERE answered_at > received_at"))
        assert late.scalar_one() == 0
    year = [
        results.unit_result(database, e.unit.code, Period.parse("2025"), within=PROVINCE) for e in entries
    ]
    assert sum(r.score.n for r in year) < loaded.written
    letters = {r.score.mutu for r in year if r.score.n > 20}
    assert {"A", "B", "C"} <= letters
    assert all(r.score.population is None or r.score.population >= r.score.n for r in year)


def test_the_register_tells_of_what_was_mended_and_of_what_is_planned(loaded: Loaded) -> None:
    database = loaded.database
    found = [
        plans.register(database, Acting(Role.LEADERSHIP), entry.unit.code)
        for entry in catalogue.list_units(database, PROVINCE)
    ]
    # NOW is in the fourth quarter of 2026: findings of a year ago, and of the quarter before.
    assert {str(r.action.period) for register in found for r in register} == {"2025-TW4", "2026-TW3"}
    assert all(len(register) in (0, 3, 6) for register in found)
    done = [r.action for register in found for r in register if r.action.status is Status.DONE]
    assert done
    assert all(a.published and a.pair.said.en and a.pair.mended.en and a.realisation for a in done)


def test_every_page_has_something_to_show(loaded: Loaded) -> None:
    database = loaded.database
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
    assert [(line.period, line.status) for line in lines] == [(LAST, RunStatus.DUE)] * 2
    fleet = devices.fleet(database, ADMIN, NOW)
    assert [(f.device.name, f.silent, f.device.unsent) for f in fleet] == [
        ("Anjungan loket 2", True, 12),
        ("Anjungan ruang tunggu", True, 3),
        ("Anjungan loket 1", False, 0),
    ]
