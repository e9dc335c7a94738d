"""A published recap stays what it was: same inputs, same text, same bytes of its report, anywhere."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import NotFound, StorageError
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.publishing import recap_publishing, recap_snapshot
from survey_app.services.publishing.recap import recap
from survey_app.services.publishing.recap_publishing import RecapPublication
from survey_app.services.publishing.recap_results import result_of
from survey_app.storage.database import Database
from tests.reports import samples
from tests.staff import import_staff, staff

PERIOD = Period.parse("2019-S1")
AGENCY = "kabupaten-sekadau"


def province(database: Database) -> None:
    """Names that SQLite and PostgreSQL sort differently: capitals, blanks and hyphens."""
    samples.sekadau(database)
    for i, name in enumerate(("badan b", "Badan A", "Badan-A", "BADAN C", "Éra")):
        samples.create_unit(database, f"u{i}", name, agency=f"Dinas {name}")
        samples.insert(database, f"u{i}", samples.random_rows(30 + i, seed=i), "2019-06")
        samples.insert(database, f"u{i}", samples.random_rows(20 + i, seed=9 + i), "2018-12")
    samples.comment(database, "u1", "Antre lama", "2019-06")


def publish(database: Database, agency: str | None = None) -> RecapPublication:
    return recap_publishing.publish(database, ADMIN, recap(database, agency, PERIOD), samples.MADE_AT)


def drawn(database: Database, publication: RecapPublication) -> bytes:
    report = RecapReport.of(database, publication)
    return render_pdf_here((province_report if report.result.agency is None else agency_report)(report))


@pytest.mark.parametrize("agency", [None, AGENCY])
def test_later_answers_change_nothing_and_a_new_version_stands_beside(
    database: Database, agency: str | None
) -> None:
    province(database)
    first = drawn(database, publish(database, agency))
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    second = publish(database, agency)
    assert second.version == 2
    assert drawn(database, second) != first
    assert drawn(database, recap_publishing.published(database, agency, PERIOD, version=1)) == first
    listed = recap_publishing.publications_of(database, agency)
    assert [(str(period), version) for period, version, _ in listed] == [("2019-S1", 1), ("2019-S1", 2)]
    other = AGENCY if agency is None else None
    assert recap_publishing.publications_of(database, other) == []


def test_one_snapshot_is_the_same_bytes_on_both_databases(
    sqlite_url: str, fresh_postgres_url: str, tmp_path: Path
) -> None:
    made = []
    for i, url in enumerate((sqlite_url, fresh_postgres_url)):
        database = samples.opened(url)
        for n in range(i):  # other row numbers than in the first database
            catalogue.create_agency(database, ADMIN, f"lain-{n}", "Dinas lain")
        province(database)
        folder = tmp_path / str(i)
        folder.mkdir()
        import_staff(database, folder, staff("u1", *[(15, 30, 25, 5)] * 6), 2019)
        publish(database)
        read = recap_publishing.published(database, None, PERIOD)
        made.append((read.sha256, drawn(database, read)))
        database.close()
    assert made[0] == made[1]


def test_a_published_recap_gives_the_numbers_of_the_live_result(database: Database) -> None:
    province(database)
    live = result_of(recap(database, None, PERIOD))
    read = result_of(publish(database).recap)
    assert read.aggregates == live.aggregates
    assert [p.rank for p in read.comparison.places] == [p.rank for p in live.comparison.places]
    assert read.unsur == live.unsur
    assert [(a.code, s.index) for a, s in read.members] == [(a.code, s.index) for a, s in live.members]


def test_dumping_what_was_loaded_gives_the_same_text(database: Database) -> None:
    province(database)
    text = recap_snapshot.dump(recap(database, None, PERIOD))
    assert recap_snapshot.dump(recap_snapshot.load(text)) == text


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("format",), 3, "snapshot-format"),
        (("instruments", "skm-2017@1"), "0" * 64, "snapshot-instrument"),
        (("official", "exact"), "99", "snapshot-result"),
        (("units", 0, "trend", -1, "official", "ikm"), "99.99", "snapshot-result"),
    ],
)
def test_a_snapshot_that_cannot_be_computed_again_is_refused(
    database: Database, path: tuple[str | int, ...], value: object, code: str
) -> None:
    province(database)
    data = json.loads(recap_snapshot.dump(recap(database, None, PERIOD)))
    place = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(StorageError) as caught:
        recap_snapshot.load(json.dumps(data))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "statement", ["DELETE FROM recap_publication", "UPDATE recap_publication SET snapshot = ''"]
)
def test_nothing_can_alter_or_remove_a_published_recap(database: Database, statement: str) -> None:
    province(database)
    publish(database)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        database.write(lambda connection: connection.execute(sa.text(statement)))


def test_who_publishes_at_once_gets_versions_of_their_own(database: Database) -> None:
    province(database)
    read = recap(database, None, PERIOD)
    with ThreadPoolExecutor(4) as pool:
        made = pool.map(lambda _: recap_publishing.publish(database, ADMIN, read, samples.MADE_AT), range(8))
        assert sorted(publication.version for publication in made) == list(range(1, 9))


def test_what_was_never_published_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound) as caught:
        recap_publishing.published(database, None, PERIOD)
    assert caught.value.code == "publication-unknown"
    with pytest.raises(NotFound):
        recap(database, "tidak-ada", PERIOD)


def test_a_unit_out_of_use_counts_where_it_has_answers_and_nowhere_else(database: Database) -> None:
    samples.sekadau(database)
    for code, month in (("dulu", "2018-12"), ("tadi", "2019-06")):
        samples.create_unit(database, code, f"Unit {code}")
        samples.insert(database, code, [[4] * 9] * 5, month)
        catalogue.set_unit_active(database, ADMIN, code, False)
    summary = result_of(recap(database, AGENCY, PERIOD)).summary
    # "tadi" measured in the period, "dulu" only before it: 2 of 2 now, 1 of 2 before.
    assert [u.entry.unit.code for u in summary.units] == ["sekadau", "tadi"]
    assert summary.unmeasured == ()
    assert (summary.index.coverage.reporting, summary.index.coverage.total) == (2, 2)
    before = summary.trend[0][1]
    assert (before.coverage.reporting, before.coverage.total) == (1, 2)
