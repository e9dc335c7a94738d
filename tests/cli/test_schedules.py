"""Schedules and due reports as an operator types them, with real PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analytics.period import Period
from survey_app.cli import main
from survey_app.reports.recap import province_report
from survey_app.reports.statements import editions
from survey_app.reports.unit.report import all_passages
from survey_app.services.ikm import results
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.storage.database import open_database
from tests import printed
from tests.cli.test_commands import ended
from tests.reports import samples
from tests.staff import import_staff, staff


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def run(database_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SURVEY_REPORTS_DIR", str(folder))
    database = open_database(database_url)
    samples.sekadau(database)
    database.close()
    return lambda *arguments: CliRunner().invoke(main, ["schedules", *arguments])


def read(path: Path) -> str:
    return "\n".join(printed.pages(path))


def test_a_report_of_every_scope_is_made_once(run: Any, folder: Path) -> None:
    for scope in (("--unit", "sekadau"), ("--agency", "kabupaten-sekadau"), ()):
        ended(run("add", *scope, "--since", "2019-S1"), 0)
    listed = ended(run("list"), 0).splitlines()
    assert listed == [
        "1  unit sekadau  semester  id  sejak 2019-S1  aktif",
        "2  instansi kabupaten-sekadau  semester  id  sejak 2019-S1  aktif",
        "3  provinsi  semester  id  sejak 2019-S1  aktif",
    ]
    # Midnight in Pontianak, seven hours ahead of UTC.
    early = ended(run("run-due", "--now", "2019-07-01T00:30+08:00"), 0)
    assert early == "0 laporan dibuat, 0 gagal\n"
    now = ("run-due", "--now", "2019-07-01T00:00+07:00")
    assert "3 laporan dibuat, 0 gagal" in ended(run(*now), 0)
    assert ended(run(*now), 0) == "0 laporan dibuat, 0 gagal\n"
    unit, agency, province = (
        read(folder / f"2019-S1/laporan-skm-{subject}-2019-S1-id.pdf")
        for subject in ("unit-sekadau", "instansi-kabupaten-sekadau", "provinsi")
    )
    for text in (unit, agency, province):
        assert "78,74" in text  # the published table's recomputation
    assert editions.DRAFT.id in unit
    assert province_report.NAME.id in province


def test_a_published_period_is_reported_as_it_was_published(
    run: Any, folder: Path, database_url: str
) -> None:
    database, period = open_database(database_url), Period.parse("2019-S1")
    result = results.unit_result(database, "sekadau", period, within=PROVINCE)
    unit_publishing.publish(database, ADMIN, result, all_passages(result), None, samples.MADE_AT)
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    database.close()
    ended(run("add", "--unit", "sekadau", "--since", "2019-S1", "--language", "en"), 0)
    ended(run("run-due", "--now", "2019-08-01T00:00Z"), 0)
    text = read(folder / "2019-S1/laporan-skm-unit-sekadau-2019-S1-en.pdf")
    assert "78.74" in text
    assert "Version 1" in text


def test_a_published_recap_is_what_the_schedule_makes(run: Any, folder: Path, database_url: str) -> None:
    database, period = open_database(database_url), Period.parse("2019-S1")
    for agency in (None, "kabupaten-sekadau"):
        recap_publishing.publish(database, ADMIN, recap(database, agency, period), samples.MADE_AT)
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    database.close()
    for scope in (("--agency", "kabupaten-sekadau"), ()):
        ended(run("add", *scope, "--since", "2019-S1"), 0)
    ended(run("run-due", "--now", "2019-08-01T00:00Z"), 0)
    for subject in ("instansi-kabupaten-sekadau", "provinsi"):
        text = read(folder / f"2019-S1/laporan-skm-{subject}-2019-S1-id.pdf")
        assert "78,74" in text
        assert "Versi 1" in text


def test_ip_asn_is_made_once_it_has_been_imported(
    run: Any, folder: Path, database_url: str, tmp_path: Path
) -> None:
    add = ("add", "--report", "ip-asn")
    assert "IP ASN provinsi  year  id  sejak 2019" in ended(run(*add, "--since", "2019"), 0)
    assert ordered.BY_YEAR.id in ended(run(*add, "--since", "2019-S1"), 1)
    told = ended(run("run-due", "--now", "2020-01-02T00:00Z"), 1)
    assert "ipasn-not-measured" in told
    database = open_database(database_url)
    import_staff(database, tmp_path, staff("sekadau", *[(15, 30, 25, 5)] * 6), 2019)
    database.close()
    # The first wait after a failure is a minute.
    assert "1 laporan dibuat" in ended(run("run-due", "--now", "2020-01-02T00:02Z"), 0)
    assert "75,00" in read(folder / "2019/laporan-ip-asn-provinsi-2019-id.pdf")


def test_a_failed_report_is_told_with_a_code_for_cron(run: Any, folder: Path) -> None:
    ended(run("add", "--unit", "sekadau", "--since", "2019-S1"), 0)
    folder.write_text("not a folder")
    told = ended(run("run-due", "--now", "2019-08-01T00:00Z"), 1)
    assert "failed: NotADirectoryError" in told
    assert "0 laporan dibuat, 1 gagal" in told


def test_without_a_first_period_the_running_one_is_the_first(run: Any) -> None:
    told = ended(run("add", "--unit", "sekadau", "--kind", "year"), 0)
    assert "unit sekadau  year  id  sejak 20" in told


def test_a_moment_needs_its_distance_from_utc(run: Any) -> None:
    assert "selisih dari UTC" in ended(run("run-due", "--now", "2019-08-01"), 2)
    assert "tulis seperti" in ended(run("run-due", "--now", "kemarin"), 2)


def test_the_same_schedule_twice_is_refused(run: Any) -> None:
    add = ("add", "--unit", "sekadau", "--since", "2019")
    ended(run(*add), 0)
    assert "schedule-exists" in ended(run(*add), 1)


def test_a_timer_may_go_on_calling_the_commands_by_their_names_of_before(run: Any) -> None:
    before = CliRunner().invoke(main, ["reports", "schedule", "add", "--since", "2019-S1"])
    assert ended(run("list"), 0) == ended(before, 0)
    due = CliRunner().invoke(main, ["reports", "run-due", "--now", "2019-06-01T00:00Z"])
    assert ended(due, 0) == "0 laporan dibuat, 0 gagal\n"
    assert " reports " not in ended(CliRunner().invoke(main, ["--help"]), 0)
