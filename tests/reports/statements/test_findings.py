"""Sentences of a report say what the numbers say, and nothing the sample cannot carry."""

from __future__ import annotations

import pytest

from analytics.period import Period
from survey_app.reports.statements import findings, official
from survey_app.services.ikm import results
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.wording.voice import Voice
from tests.reports import samples

ID, EN = Voice("id"), Voice("en")


def result_of(database: Database, *periods: tuple[str, list[list[int]]]) -> UnitResult:
    """The last of `periods` (month, rows) of one unit."""
    samples.create_unit(database, "x", "Puskesmas")
    for month, rows in periods:
        samples.insert(database, "x", rows, month)
    return results.unit_result(database, "x", Period.parse(periods[-1][0]), within=PROVINCE)


MIXED = [[3] * 9, [4] * 9, [3] * 9, [2] * 9] * 5
HIGHER = [[4] * 9, [4] * 9, [3] * 9, [4] * 9] * 5


def test_a_clear_rise_is_called_one_with_its_interval(database: Database) -> None:
    # Means 75 and 93.75. Ends by brentq of SciPy on the inequality of ikm-interval, each period with the
    # other for its past, put together by MOVER: 8.4843 to 28.3281 (Welch by SciPy: 9.0572 to 28.4428).
    text = findings.change(result_of(database, ("2026-01", MIXED), ("2026-02", HIGHER)), ID)
    was = findings.WAS.format(period="Januari 2026", index="IKM", ikm="75,00", n=20)
    change = findings.SINCE_THEN.format(direction=findings.RISEN, points="18,75", low="8,48", high="28,33")
    assert text == f"{was.id} {change.id}"


def test_a_clear_fall_is_called_one_in_english_too(database: Database) -> None:
    text = findings.change(result_of(database, ("2026-01", HIGHER), ("2026-02", MIXED)), EN)
    change = findings.SINCE_THEN.format(direction=findings.FALLEN, points="18.75", low="8.48", high="28.33")
    assert text.endswith(f" {change.en}")


def test_a_difference_within_chance_is_neither(database: Database) -> None:
    text = findings.change(result_of(database, ("2026-01", MIXED[:4]), ("2026-02", HIGHER[:4])), ID)
    assert text.endswith(findings.WITHIN_CHANCE.id)


def test_one_respondent_says_nothing_of_change(database: Database) -> None:
    text = findings.change(result_of(database, ("2026-01", MIXED), ("2026-02", [[4] * 9])), ID)
    assert text.endswith(findings.CANNOT_BE_TOLD.id)


@pytest.mark.parametrize(("score", "words"), [(3, findings.WITHIN_CHANCE.id), (4, findings.RISEN.id)])
def test_sheets_that_all_agree_are_compared_all_the_same(database: Database, score: int, words: str) -> None:
    """Ten threes after a mean of 3 are within sampling error, ten fours a rise."""
    text = findings.change(result_of(database, ("2026-01", MIXED), ("2026-02", [[score] * 9] * 10)), ID)
    assert words in text


def test_an_empty_period_between_is_skipped(database: Database) -> None:
    result = result_of(database, ("2026-01", MIXED), ("2026-03", HIGHER))
    was = findings.WAS.format(period="Januari 2026", index="IKM", ikm="75,00", n=20)
    assert findings.change(result, ID).startswith(was.id)


def test_without_an_earlier_period_there_is_no_comparison(database: Database) -> None:
    text = findings.change(result_of(database, ("2026-02", MIXED)), ID)
    assert text == findings.NO_EARLIER_PERIOD.id


def test_highest_and_lowest_unsur_are_told_apart_from_the_totals(database: Database) -> None:
    samples.sekadau(database)
    text = findings.strengths_and_weaknesses(
        results.unit_result(database, "sekadau", Period.parse("2019-S1"), within=PROVINCE), ID
    )
    # NRR from the published totals over 49: 177/49 = 3.612, 163/49 = 3.327, 161/49 = 3.286; 138/49 = 2.816.
    best = "Biaya/Tarif (3,612); Kompetensi Pelaksana (3,327); dan Perilaku Pelaksana (3,286)"
    worst = "Persyaratan (2,816); Sistem, Mekanisme, dan Prosedur (2,837); dan Sarana dan Prasarana (2,918)"
    assert text == findings.STRENGTHS_AND_WEAKNESSES.format(best=best, worst=worst).id


def test_equal_unsur_have_no_strengths_and_weaknesses(database: Database) -> None:
    text = findings.strengths_and_weaknesses(result_of(database, ("2026-01", [[3] * 9] * 3)), ID)
    assert text == findings.ALL_ALIKE.format(nrr="3,000").id


def test_one_respondent_gives_no_priorities_and_a_warning(database: Database) -> None:
    result = result_of(database, ("2026-01", [[4, 4, 4, 4, 4, 4, 4, 4, 3]]))
    assert findings.priorities(result, ID) == ""
    assert findings.headline(result, ID).endswith(official.FROM_ONE_RESPONDENT.id)
