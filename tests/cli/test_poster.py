"""poster, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from survey_app.cli import main
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.process import reachable
from survey_app.storage.database import open_database
from survey_app.text import Text
from tests import printed

BASE = ("--base-url", "https://survei.kaltimprov.go.id")


@pytest.fixture
def out(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    database = open_database(sqlite_url)
    catalogue.create_agency(database, ADMIN, "opd", "Dinas Perhubungan")
    for code, name in (("ptsp", "Pelayanan Terpadu"), ("terminal", "Terminal")):
        catalogue.create_unit(database, ADMIN, "opd", code, name, time_zone="Asia/Makassar")
    catalogue.create_agency(database, ADMIN, "kosong", "Dinas tanpa unit")
    database.close()
    return tmp_path / "poster.pdf"


def poster(out: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["poster", *arguments, "-o", str(out)])
    return done.exit_code, done.output


def test_a_unit_a_service_and_an_agency(out: Path) -> None:
    assert poster(out, "--unit", "ptsp", *BASE)[0] == 0
    assert poster(out, "--unit", "ptsp", "--service", "umum", *BASE, "--size", "tent")[0] == 0
    assert "/s/ptsp/umum" in printed.pages(out)[0]
    code, said = poster(out, "--agency", "opd", *BASE, "--size", "a5")
    assert (code, len(printed.pages(out))) == (0, 2)
    assert "2 halaman" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (BASE, "--unit"),
        (("--unit", "ptsp", "--agency", "opd", *BASE), "--unit"),
        (("--agency", "opd", "--service", "umum", *BASE), "--unit"),
        (("--unit", "nowhere", *BASE), "unit-unknown"),
        (("--unit", "ptsp", "--service", "nowhere", *BASE), "service-unknown"),
        (("--agency", "nowhere", *BASE), "agency-unknown"),
        (("--agency", "kosong", *BASE), "no-places"),
        (("--unit", "ptsp", "--base-url", "survei"), "base-url"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(
    out: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, said = poster(out, *arguments)
    assert code != 0
    assert words in said
    assert not out.exists()


@pytest.mark.parametrize(
    ("base", "warned"),
    [
        ("http://127.0.0.1:8000", reachable.THIS_MACHINE),
        ("http://192.168.1.20", reachable.THIS_NETWORK),
        ("https://survei.kaltimprov.go.id", None),
    ],
)
def test_an_address_nobody_can_open_is_warned_of(out: Path, base: str, warned: Text | None) -> None:
    code, said = poster(out, "--unit", "ptsp", "--base-url", base)
    assert code == 0
    assert ("SURVEY_PUBLIC_URL" in said) is (warned is not None)
    if warned is not None:
        assert warned.format(address=base, do=reachable.WHAT_TO_DO).id in said
