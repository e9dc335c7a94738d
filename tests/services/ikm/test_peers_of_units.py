"""At night it is found where the units of a questionnaire lie; the odds of each unit's letter stand on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from analytics.ikm import Estimate, Moments, Month, Told, chance_of_target, odds, peers_of, score
from analytics.ikm.peers import UNITS
from analytics.period import Period
from survey_app import instruments
from survey_app.reports.statements import target_words
from survey_app.services.answers import questionnaires
from survey_app.services.ikm import calibration, results
from survey_app.services.ikm.calibration import calibrate
from survey_app.services.ikm.insight import insight
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ikm.targets import Goal
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import snapshot
from survey_app.services.publishing.snapshot import Snapshot
from survey_app.storage import calibrations
from survey_app.storage.calibrations import StoredPeers
from survey_app.storage.database import Database, open_database
from survey_app.wording import odds_words
from survey_app.wording.voice import Voice
from tests.reports import samples
from tests.services.ikm.earlier_months import NOVEMBER, NOW

MONTHS = ("2026-08", "2026-10")


def sheets(unit: int, month: str) -> list[list[int]]:
    rng = np.random.default_rng([unit, int(month[-2:])])
    found: list[list[int]] = rng.integers(2 + unit % 2, 5, (7, 9)).tolist()
    return found


@pytest.fixture
def province(database_url: str) -> Iterator[Database]:
    """Twenty units with seven answers in August and seven in October, and some in November."""
    opened = open_database(database_url)
    for unit in range(UNITS):
        samples.create_unit(opened, f"u{unit}", f"Unit {unit}")
        for month in (*MONTHS, "2026-11"):
            samples.insert(opened, f"u{unit}", sheets(unit, month) * (2 if month == "2026-11" else 1), month)
    yield opened
    opened.close()


def result(database: Database, period: Period = NOVEMBER, unit: str = "u0") -> UnitResult:
    return results.unit_result(database, unit, period, within=PROVINCE)


def test_they_are_found_from_the_months_before_and_the_odds_stand_on_them(province: Database) -> None:
    assert result(province).peers is None
    assert insight(result(province), NOVEMBER.first_day).odds.told is Told.IN_WORDS
    assert calibrate(province, NOW) == 1
    months = [
        [
            Month(start=Period.parse(month).start, sample=told)
            for month in MONTHS
            if (told := score(Moments.from_answers(sheets(unit, month))).sample) is not None
        ]
        for unit in range(UNITS)
    ]
    shown = result(province)
    assert shown.peers == peers_of(months, NOVEMBER.start, 1)
    chances = insight(shown, NOVEMBER.first_day).odds
    assert chances == odds(Estimate.of(shown.score), shown.instrument.bands, shown.peers)
    assert chances.told is Told.IN_PERCENT
    # In September seven sheets a unit were known, in August none.
    assert [result(province, Period.parse(m)).peers for m in ("2026-09", "2026-08")] == [None, None]


def test_an_answer_moves_no_odds_elsewhere_before_the_next_night(province: Database) -> None:
    calibrate(province, NOW)
    before = result(province).peers
    for unit in range(1, UNITS):
        samples.insert(province, f"u{unit}", [[1] * 9] * 40, "2026-10")
    assert result(province).peers == before
    assert calibrate(province, NOW) == 2
    after = result(province).peers
    assert after is not None
    assert before is not None
    assert after.shares != before.shares
    assert after.calibration == 2


def test_too_few_units_of_a_questionnaire_are_no_peers(province: Database) -> None:
    """Another unit answers eight unsur: its odds are told in words, and those of the others as before."""
    samples.create_unit(province, "lain", "Lain", instrument="skm-2017-tanpa-biaya@1")
    for month in (*MONTHS, "2026-11"):
        samples.insert(province, "lain", [[3] * 8, [4] * 8] * 6, month)
    calibrate(province, NOW)
    assert result(province, unit="lain").peers is None
    peers = result(province).peers
    assert peers is not None
    assert peers.units == UNITS


def test_a_publication_keeps_its_peers(province: Database) -> None:
    calibrate(province, NOW)
    shown = result(province)
    written = snapshot.dump(
        Snapshot(result=shown, sheets=np.zeros((0, 9), dtype=np.int64), text={}, comments=None)
    )
    assert snapshot.load(written).result.peers == shown.peers
    alone = snapshot.dump(
        Snapshot(
            result=result(province, Period.parse("2026-08")),
            sheets=np.zeros((0, 9), dtype=np.int64),
            text={},
            comments=None,
        )
    )
    assert "peers" not in alone
    assert snapshot.load(alone).result.peers is None


def test_months_of_few_people_are_put_together_before_they_tell(province: Database) -> None:
    """Three people in December tell nothing; with two more in February they are five."""
    calibrate(province, NOW)
    with province.read() as connection:
        before = calibrations.read_peers(connection, 202611)
    for unit in range(UNITS):
        samples.insert(province, f"u{unit}", [[1] * 9] * 3, "2025-12")
    assert calibrate(province, NOW) is None
    for unit in range(UNITS):
        samples.insert(province, f"u{unit}", [[1] * 9] * 2, "2026-02")
    assert calibrate(province, NOW) == 2
    with province.read() as connection:
        after = calibrations.read_peers(connection, 202611)
    assert before[0].shares != after[0].shares


def test_a_province_that_falls_below_twenty_units_has_no_peers() -> None:
    instrument = instruments.get("skm-2017@1")
    row = StoredPeers(questionnaires.series_name(instrument.ref), 202601, 0, 0, "", 1)
    assert calibration.peers([row], instrument) is None


def test_a_night_that_is_stopped_halfway_stores_no_peers(province: Database) -> None:
    class Stopping(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            self.set()
            return True

    calibrate(province, NOW, Stopping())
    with province.read() as connection:
        assert calibrations.read_peers(connection, 202611) == []
        assert len({row.unit_id for row in calibrations.read(connection, None, (0, 202611))}) == 1


def test_a_service_is_no_unit_and_has_no_peers(province: Database) -> None:
    calibrate(province, NOW)
    of_service = results.unit_result(province, "u0", NOVEMBER, "umum", within=PROVINCE)
    assert of_service.peers is None
    assert result(province).peers is not None


def test_the_report_tells_the_chance_of_a_target_in_percent(province: Database) -> None:
    calibrate(province, NOW)
    shown, goal = result(province), Goal(Period.parse("2026"), Decimal(80))
    (paragraph,) = target_words.paragraphs(shown, goal, Voice("id"))
    chance = chance_of_target(Estimate.of(shown.score), goal.value, shown.peers).of("+")
    assert chance is not None
    assert odds_words.TARGET.format(p=Voice("id").chance(chance)).id in str(paragraph)
    alone = replace(shown, peers=None)
    assert "%" not in str(target_words.paragraphs(alone, goal, Voice("id"))).replace("95%", "")
