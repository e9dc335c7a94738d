"""The commands as an operator types them: what they print, how they end, what they leave behind."""

from __future__ import annotations

import csv
import errno
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from analytics.ikm.quality import Flag
from analytics.reason import Reason
from survey_app.cli import main
from survey_app.reports.recap import province_report
from survey_app.reports.statements import editions
from survey_app.services.imports.rows import NO_OPTION
from survey_app.services.ip_asn.findings import PROBLEMS
from survey_app.services.ip_asn.measurement import MIXED_RULES
from survey_app.services.ip_asn.standing import REPLACES
from survey_app.storage.database import open_database
from survey_app.wording import flag_words, undated_words
from survey_app.wording.reasons import reason_clause
from tests import printed

CASES = json.loads((Path(__file__).parents[2] / "data/published/skm.json").read_text(encoding="utf-8"))
SEKADAU = next(c for c in CASES if c["agency"].startswith("Kabupaten Sekadau"))
HEADER = [f"U{i}" for i in range(1, 10)]
PLACE = ("--unit", "sekadau", "--period", "2019-S1")


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "a key for tests")
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def sekadau(tmp_path: Path) -> Path:
    path = tmp_path / "sekadau.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *SEKADAU["raw_rows"]])
    return path


def ended(result: Result, code: int) -> str:
    assert result.exit_code == code, result.output
    return result.output


def test_import_then_result(run: Any, sekadau: Path) -> None:
    create = ("--create-unit", "Unit Sekadau", "--order", "form")
    assert "49 baris: 49 disimpan, 0 sudah ada, 0 salah" in ended(
        run("import-responses", sekadau, *PLACE, *create), 0
    )
    text = ended(run("result", *PLACE), 0)
    assert "IKM 78.74  mutu B (Baik)  n 49" in text
    assert undated_words.OF_PERIOD.format(n=49, all=49).id in text
    data = json.loads(ended(run("result", *PLACE, "--json"), 0))
    assert (data["ikm"], data["mutu"], data["n"], data["undated"]) == (78.74, "B", 49, 49)
    assert list(data["totals"].values()) == [SEKADAU["totals"][u] for u in HEADER]
    assert (data["unit"], data["period"]) == ("sekadau", "2019-S1")
    assert data["ci_low"] < data["ikm"] < data["ci_high"]
    assert data["nrr"]["persyaratan"] == pytest.approx(SEKADAU["nrr"]["U1"], abs=5e-5)


def test_result_tells_flags_without_leaving_answers_out(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "dua.csv"
    path.write_text(",".join(HEADER) + "\n4,4,4,4,4,4,4,4,4\n3,3,3,3,3,3,3,3,1\n", encoding="utf-8")
    ended(run("import-responses", path, *PLACE, "--create-unit", "Unit", "--order", "form"), 0)
    # Of two people, and of single sheets: inside only.
    data = json.loads(ended(run("result", *PLACE, "--json", "--internal"), 0))
    # (36 + 25) / 18 x 25 = 84.72; without the sheet of fours 25 x 25/9 = 69.44.
    assert (data["ikm"], data["n"]) == (84.72, 2)
    quality = data["quality"]
    assert (quality["flagged"], quality["n_without_flagged"]) == (1, 1)
    assert quality["ikm_without_flagged"] == 69.44
    assert quality["flags"]["straight_line"] == {"n": 1, "checked": 2}
    assert quality["flags"]["too_fast"] == {"n": None, "checked": 0}
    assert json.loads(ended(run("result", *PLACE, "--json"), 0))["quality"] is None
    text = ended(run("result", *PLACE, "--internal"), 0)
    assert "Tanpa 1 jawaban yang perlu ditinjau: IKM 69.44" in text
    assert f"{flag_words.FLAGS[Flag.STRAIGHT_LINE].name.id}: 1 dari 2" in text
    assert f"{flag_words.FLAGS[Flag.TOO_FAST].name.id}: tidak diperiksa" in text


def test_codes_may_be_typed_in_capitals(run: Any, sekadau: Path, tmp_path: Path) -> None:
    place = ("--unit", "SEKADAU", "--period", "2019-S1")
    create = ("--create-unit", "Unit", "--order", "form", "--agency", "IMPOR")
    ended(run("import-responses", sekadau, *place, *create), 0)
    assert "(sekadau), 2019-S1\nIKM 78.74" in ended(run("result", *place, "--service", "UMUM"), 0)
    assert "1 unit" in ended(
        run("table", "--agency", "IMPOR", "--period", "2019-S1", "-o", tmp_path / "a.csv"), 0
    )


def test_what_was_left_out_is_printed_with_its_line(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f"Tanggal,Pendidikan,{','.join(HEADER)}\n3/4/2019,pesantren{',3' * 9}\n", encoding="utf-8"
    )
    command = ("import-responses", path, *PLACE, "--create-unit", "Unit", "--order", "form")
    assert "--dates month-first" in ended(run(*command), 1)
    text = ended(run(*command, "--dates", "month-first"), 0)
    assert "1 baris: 1 disimpan" in text
    said = NO_OPTION.id.partition(";")[0].format(cell="pesantren", name="Pendidikan")
    assert f"baris 2, profile.pendidikan: {said}" in text


def test_a_reader_that_has_seen_enough_is_no_fault(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `| head`: the pipe is closed while the command writes, and nothing is said of it."""

    def closed(*_: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("survey_app.cli.conventions.click.echo", closed)
    ended_by = run("conventions", *["3.5"] * 9, "--published", "87.5")
    assert (ended_by.exit_code, ended_by.stderr) == (1, "")


def test_result_before_any_answer_says_why_there_is_none(run: Any, sekadau: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit", "--order", "form")
    data = json.loads(ended(run("result", "--unit", "sekadau", "--period", "2018", "--json"), 0))
    assert (data["ikm"], data["n"], data["reasons"]["ikm"]) == (None, 0, "no-answers")
    nothing = ended(run("result", "--unit", "sekadau", "--period", "2018"), 0)
    assert f"IKM tidak terdefinisi: {reason_clause(Reason.NO_ANSWERS).id}" in nothing


def test_faults_end_with_a_message_and_code_one(run: Any, sekadau: Path, tmp_path: Path) -> None:
    assert "unit-unknown" in ended(run("import-responses", sekadau, *PLACE, "--order", "form"), 1)
    assert "order-needed" in ended(run("import-responses", sekadau, *PLACE, "--create-unit", "U"), 1)
    assert "file-missing" in ended(
        run("import-responses", tmp_path / "tiada.csv", *PLACE, "--create-unit", "U"), 1
    )
    assert "unit-unknown" in ended(run("result", *PLACE), 1)
    assert "2024-TW3" in ended(run("result", "--unit", "sekadau", "--period", "2024-Q3"), 2)


def test_bad_rows_are_listed_and_can_be_left_out(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(HEADER) + "\n" + "3,3,3,3,3,3,3,3,3\n" + "3,3,3,3,5,3,3,3,3\n", encoding="utf-8")
    options = (*PLACE, "--create-unit", "U", "--order", "form")
    text = ended(run("import-responses", path, *options), 1)
    assert "baris 3" in text
    assert "score-range" in text
    assert "unit-unknown" in ended(run("result", *PLACE), 1)
    text = ended(run("import-responses", path, *options, "--accept-valid"), 0)
    assert "2 baris: 1 disimpan, 0 sudah ada, 1 salah" in text
    assert "baris 3" in text


def test_redact_counts_first_and_then_takes_out_what_is_stored(
    run: Any, tmp_path: Path, database_url: str
) -> None:
    path = tmp_path / "saran.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([[*HEADER, "saran"], [*[3] * 9, "tulis"], [*[4] * 9, "Cepat"]])
    create = ("--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("import-responses", path, *PLACE, *create), 0)
    database = open_database(database_url)
    raw = sa.text("UPDATE response SET comment = 'Bu Rina, WA 081234567890' WHERE comment = 'tulis'")
    database.write(lambda connection: connection.execute(raw))
    database.close()
    first = ended(run("redact", "--check"), 0)
    assert first == "1 dari 2 masukan memuat nomor atau alamat pribadi (telepon 1)\n"
    assert (
        ended(run("redact"), 0) == "1 dari 2 masukan dibersihkan dari nomor atau alamat pribadi (telepon 1)\n"
    )
    assert ended(run("redact"), 0) == "0 dari 2 masukan dibersihkan dari nomor atau alamat pribadi\n"


def test_rebuild_recomputes_the_roll_up(run: Any, sekadau: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "U", "--order", "form")
    assert "1 sel" in ended(run("rebuild"), 0)
    assert "IKM 78.74" in ended(run("result", *PLACE), 0)


def test_a_small_demo_province(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # In another month the same few answers fall to other units.
    monkeypatch.setattr("survey_app.services.process.runtime.now", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    text = ended(run("demo", "--responses", "600", "--seed", "7"), 0)
    assert "jawaban peragaan dimuat" in text
    assert "demo-not-empty" in ended(run("demo", "--responses", "600"), 1)
    assert "tidak dimuat" in ended(run("demo", "--responses", "600", "--if-empty"), 0)
    # So few answers leave two to this unit in the year: inside only.
    of_unit = ("--unit", "samsat-samarinda", "--period", "2026")
    data = json.loads(ended(run("result", *of_unit, "--json", "--internal"), 0))
    assert data["n"] > 0
    assert 25 <= data["ikm"] <= 100


def test_an_instrument_file_is_checked(run: Any, tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "data/instruments/spak.json"
    assert "sah" in ended(run("instrument", "check", path), 0)
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    assert "instrument-schema" in ended(run("instrument", "check", broken), 1)
    assert "sudah terbit" in ended(run("instrument", "publish", path), 1)


def test_ip_asn_from_a_file_to_json(run: Any, sekadau: Path, tmp_path: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "pip.csv"
    path.write_text(
        "Nama,Nama Jabatan,Satuan Kerja,Kualifikasi,Kompetensi,Kinerja,Disiplin,Total\n"
        "A,B,Unit Sekadau,15,30,25,5,75\nC,D,sekadau,20,40,25,5,91\n",
        encoding="utf-8",
    )
    options = ("--year", "2020", "--ruleset", "ip-asn-2019")
    text = ended(run("ipasn", "import", path, *options), 0)
    assert "2 baris: 2 disimpan" in text
    assert "total-differs" in text
    # Two people: inside only.
    inside = ("--year", "2020", "--internal")
    data = json.loads(ended(run("ipasn", "result", "--unit", "sekadau", *inside, "--json"), 0))
    assert (data["value"], data["category"], data["headcount"]) == (82.5, "Tinggi", 2)
    assert data["dimensions"] == {"kualifikasi": 17.5, "kompetensi": 35.0, "kinerja": 25.0, "disiplin": 5.0}
    assert "IP ASN 82.50  Tinggi  2 dari 2" in ended(run("ipasn", "result", *inside), 0)
    assert "belum ada data" in ended(run("ipasn", "result", "--year", "2019"), 0)
    for scope in ((), ("--agency", "impor"), ("--unit", "sekadau")):
        ended(run("ipasn", "report", *scope, *inside, "-o", tmp_path / "a.pdf"), 0)
        assert "82,50" in printed.pages(tmp_path / "a.pdf")[0]
    missing = ("ipasn", "report", "--year", "2019", "-o", tmp_path / "b.pdf")
    assert "ipasn-not-measured" in ended(run(*missing), 1)
    assert "agency-unknown" in ended(run("ipasn", "report", "--agency", "x", *missing[2:]), 1)


def test_findings_in_a_file_of_ip_asn_are_told_in_bahasa_indonesia(
    run: Any, sekadau: Path, tmp_path: Path
) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "pip.csv"
    path.write_text(
        "Nama,Nama Jabatan,Satuan Kerja,Kualifikasi,Kompetensi,Kinerja,Disiplin,Total\n"
        "A,B,Unit Sekadau,26,30,25,5,86\nC,D,sekadau,20,40,25,5,91\n",
        encoding="utf-8",
    )
    options = ("--year", "2020", "--ruleset", "ip-asn-2019")
    for code, more in ((1, ()), (0, ("--accept-valid",))):
        text = ended(run("ipasn", "import", path, *options, *more), code)
        assert f"“26”. {PROBLEMS['score-range'].format(expected='0–25').id} [score-range]" in text
        # The row's own parts: 20 + 40 + 25 + 5 = 90.
        assert f"“91”. {PROBLEMS['total-differs'].format(expected='90').id}" in text
        assert not re.search(r"\b(one of|expected|to)\b", text)


def test_a_file_with_fewer_staff_asks_before_it_replaces(run: Any, sekadau: Path, tmp_path: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "asn.csv"
    command = ("ipasn", "import", path, "--year", "2020", "--ruleset", "ip-asn-2019")
    row = "sekadau,20,40,25,5,90\n"
    for staff in (4, 1):
        path.write_text("unit,kualifikasi,kompetensi,kinerja,disiplin,total\n" + row * staff)
        text = ended(run(*command), 0 if staff == 4 else 1)
    assert f"sekadau, PNS: {REPLACES.format(now=4, then=1).id} [staff-fewer]" in text
    assert "--replace" in text
    text = ended(run(*command, "--replace"), 0)
    assert f"1 baris: 1 disimpan\n  sekadau, PNS: {REPLACES.format(now=4, then=1).id}" in text


def test_staff_without_all_dimensions_have_no_value(run: Any, sekadau: Path, tmp_path: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "asn.csv"
    path.write_text("unit,kualifikasi,kompetensi,kinerja,disiplin,total\nsekadau,20,40,,5,\n")
    ended(run("ipasn", "import", path, "--year", "2020", "--ruleset", "ip-asn-2019"), 0)
    text = ended(run("ipasn", "result", "--year", "2020", "--internal"), 0)
    assert "IP ASN -  -  0 dari 1 pegawai" in text
    assert "selang" not in text.lower()


def test_a_sample_of_staff_has_an_interval_and_a_census_says_it_has_none(
    run: Any, sekadau: Path, tmp_path: Path
) -> None:
    """Hand: totals 70, 80, 90 of 12: s = 10, fpc 0.75, t(2) = 4.302653: 80 -+ 4.302653 x 5, cut at 100."""
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "asn.csv"
    rows = ("sekadau,15,25,25,5,70", "sekadau,15,30,30,5,80", "sekadau,15,40,30,5,90")
    path.write_text("unit,kualifikasi,kompetensi,kinerja,disiplin,total\n" + "\n".join(rows))
    ended(run("ipasn", "import", path, "--year", "2020", "--ruleset", "ip-asn-2019"), 0)
    of_unit = ("ipasn", "result", "--unit", "sekadau", "--year", "2020", "--internal")
    assert "Tanpa selang 95%: yang diimpor adalah seluruh pegawai (sensus)" in ended(run(*of_unit), 0)
    sample = (*of_unit, "--population")
    assert "Selang 95%: 58.49 - 100.00, sampel dari 12 pegawai" in ended(run(*sample, "12"), 0)
    data = json.loads(ended(run(*sample, "12", "--json"), 0))
    assert (data["population"], data["ci_low"]) == (12, pytest.approx(80 - 21.513265, abs=1e-5))
    assert "sensus" in ended(run(*sample, "3"), 0)
    assert "population-below-staff" in ended(run(*sample, "2"), 1)
    assert "sebutkan --unit" in ended(run("ipasn", "result", "--year", "2020", "--population", "12"), 2)


@pytest.mark.parametrize(
    ("ruleset", "year", "warned"),
    [
        ("ip-asn-2019", 2022, ""),
        ("ip-asn-2019", 2023, "ip-asn-2019 berlaku untuk tahun pengukuran 2018–2022, bukan 2023"),
        ("ip-asn-2023", 2022, "ip-asn-2023 berlaku untuk tahun pengukuran 2023–sekarang, bukan 2022"),
        ("ip-asn-2023", 2023, ""),
    ],
)
def test_rules_of_another_year_are_used_and_said(
    run: Any, sekadau: Path, tmp_path: Path, ruleset: str, year: int, warned: str
) -> None:
    create = ("--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("import-responses", sekadau, *PLACE, *create), 0)
    path = tmp_path / "asn.csv"
    path.write_text("unit,kualifikasi,kompetensi,kinerja,disiplin,total\nsekadau,20,40,25,5,90\n")
    text = ended(run("ipasn", "import", path, "--year", str(year), "--ruleset", ruleset), 0)
    assert "1 baris: 1 disimpan" in text
    assert ("Perhatian" in text) is bool(warned)
    assert warned in text


def test_ip_asn_of_all_units_says_why_when_they_were_measured_by_different_rules(
    run: Any, sekadau: Path, tmp_path: Path
) -> None:
    for code in ("sekadau", "lain"):
        place = ("--unit", code, "--period", "2019-S1")
        run("import-responses", sekadau, *place, "--create-unit", f"Unit {code}", "--order", "form")
    for code, ruleset in (("sekadau", "ip-asn-2019"), ("lain", "ip-asn-2023")):
        path = tmp_path / f"{code}.csv"
        path.write_text(
            "Nama,Nama Jabatan,Satuan Kerja,Kualifikasi,Kompetensi,Kinerja,Disiplin,Total\n"
            f"A,B,{code},20,40,25,5,90\n",
            encoding="utf-8",
        )
        ended(run("ipasn", "import", path, "--year", "2022", "--ruleset", ruleset), 0)
    text = ended(run("ipasn", "result", "--year", "2022"), 1)
    assert MIXED_RULES.format(year=2022).id in text
    assert "[rulesets-mixed]" in text
    assert "ip-asn-2019: sekadau" in text
    assert "ip-asn-2023: lain" in text
    assert "--unit" in text
    assert "IP ASN 90.00" in ended(
        run("ipasn", "result", "--unit", "lain", "--year", "2022", "--internal"), 0
    )


@pytest.mark.parametrize("name", ["tabel.csv", "tabel.xlsx"])
def test_the_table_of_all_units_is_written(run: Any, sekadau: Path, tmp_path: Path, name: str) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / name
    assert "1 unit" in ended(run("table", "--period", "2019-S1", "-o", path), 0)
    frame = pd.read_excel(path) if name.endswith("xlsx") else pd.read_csv(path)
    assert (frame.loc[0, "unit"], frame.loc[0, "ikm"], frame.loc[0, "n"]) == ("sekadau", 78.74, 49)


@pytest.mark.parametrize("options", [(), ("--poster", "a4"), ("--poster", "a3"), ("--language", "en")])
def test_every_kind_of_unit_pdf_has_the_index(run: Any, sekadau: Path, tmp_path: Path, options: Any) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path = tmp_path / "keluaran.pdf"
    ended(run("report", *PLACE, *options, "-o", path), 0)
    text = "".join(printed.pages(path))
    assert ("78.74" if "en" in options else "78,74") in text


def test_a_workbook_and_an_agency_report_are_written(run: Any, sekadau: Path, tmp_path: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("report", *PLACE, "-o", tmp_path / "a.xlsx"), 0)
    sheets = pd.read_excel(tmp_path / "a.xlsx", sheet_name=None, header=None)
    assert any("78.74" in frame.to_string() for frame in sheets.values())
    ended(run("report", "--agency", "impor", "--period", "2019-S1", "-o", tmp_path / "a.pdf"), 0)
    text = "".join(printed.pages(tmp_path / "a.pdf"))
    assert "Unit Sekadau" in text
    ended(run("report", "--province", "--period", "2019-S1", "-o", tmp_path / "p.pdf"), 0)
    assert province_report.NAME.id in printed.pages(tmp_path / "p.pdf")[0]
    both = ("--unit", "sekadau", "--agency", "impor", "--period", "2019-S1", "-o", tmp_path / "b.pdf")
    assert "salah satu" in ended(run("report", *both), 2)


def test_publishing_again_makes_a_new_version(run: Any, sekadau: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    first, second = (ended(run("publish", *PLACE), 0) for _ in range(2))
    assert "versi 1" in first
    assert "versi 2" in second
    assert first.split("sha256")[1] == second.split("sha256")[1]
    for scope in (("--agency", "impor"), ("--province",)):
        for version in (1, 2):
            told = ended(run("publish", *scope, "--period", "2019-S1"), 0)
            assert (
                f"{scope[-1].removeprefix('--').replace('province', 'provinsi')} 2019-S1 versi {version}"
                in told
            )
    assert "salah satu" in ended(run("publish", "--province", *PLACE), 2)


def pdf_text(path: Path) -> str:
    return "".join(printed.pages(path))


@pytest.mark.parametrize("scope", [("--unit", "sekadau"), ("--agency", "impor"), ("--province",)])
def test_a_published_period_is_reported_as_published_and_as_a_draft_only_when_asked(
    run: Any, sekadau: Path, tmp_path: Path, scope: tuple[str, ...]
) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    path, more = tmp_path / "a.pdf", tmp_path / "more.csv"
    report = ("report", *scope, "--period", "2019-S1", "-o", path)
    assert "byte, konsep" in ended(run(*report), 0)
    assert editions.DRAFT.id in pdf_text(path)
    ended(run("publish", *scope, "--period", "2019-S1"), 0)
    with more.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *[[1] * 9] * 10])
    ended(run("import-responses", more, *PLACE, "--order", "form", "--add"), 0)
    assert "Versi 1" in ended(run(*report), 0)
    published = pdf_text(path)
    assert "78,74" in published
    assert "Versi 1" in published
    assert "Konsep" not in published
    assert "byte, konsep" in ended(run(*report, "--draft"), 0)
    # Sekadau's totals and ten sheets of 1: (1389 + 90) / (9 x 59) x 25 = 69.63.
    assert "69,63" in pdf_text(path)
    assert editions.DRAFT.id in pdf_text(path)


def test_workbook_and_poster_of_a_published_period_have_its_numbers(
    run: Any, sekadau: Path, tmp_path: Path
) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("publish", *PLACE), 0)
    more = tmp_path / "more.csv"
    with more.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *[[1] * 9] * 10])
    ended(run("import-responses", more, *PLACE, "--order", "form", "--add"), 0)
    ended(run("report", *PLACE, "-o", tmp_path / "a.xlsx"), 0)
    result = pd.read_excel(tmp_path / "a.xlsx", sheet_name="Hasil", header=None).set_index(0)[1]
    assert result["IKM"] == 78.74
    ended(run("report", *PLACE, "--poster", "a4", "-o", tmp_path / "p.pdf"), 0)
    assert "78,74" in pdf_text(tmp_path / "p.pdf")
    # A service is not published alone, so its report is of the answers as they are.
    ended(run("report", *PLACE, "--service", "umum", "-o", tmp_path / "s.pdf"), 0)
    assert "69,63" in pdf_text(tmp_path / "s.pdf")


@pytest.mark.parametrize(
    ("options", "name", "told"),
    [
        (("--unit", "sekadau"), "x.doc", ".pdf atau .xlsx"),
        (("--unit", "sekadau"), "laporan", ".pdf atau .xlsx"),
        (("--unit", "sekadau", "--poster", "a4"), "x.xlsx", "dengan .pdf"),
        (("--agency", "impor"), "x.xlsx", "dengan .pdf"),
        (("--province",), "x.docx", "dengan .pdf"),
    ],
)
def test_a_file_of_another_kind_is_refused_before_anything_is_made(
    run: Any, sekadau: Path, tmp_path: Path, options: tuple[str, ...], name: str, told: str
) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    said = ended(run("report", *options, "--period", "2019-S1", "-o", tmp_path / name), 2)
    # The words are wrapped to the terminal.
    assert told in " ".join(said.split())
    assert not (tmp_path / name).exists()


def test_the_case_of_a_files_ending_does_not_matter(run: Any, sekadau: Path, tmp_path: Path) -> None:
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("report", *PLACE, "-o", tmp_path / "A.XLSX"), 0)
    assert (tmp_path / "A.XLSX").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("scope", [("--unit", "sekadau"), ("--agency", "impor"), ("--province",)])
def test_neither_a_future_nor_an_empty_nor_a_running_period_is_published_unasked(
    run: Any, sekadau: Path, scope: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey_app.services.process.runtime.now", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    run("import-responses", sekadau, *PLACE, "--create-unit", "Unit Sekadau", "--order", "form")
    publish = ("publish", *scope, "--period")
    assert "[period-not-begun]" in ended(run(*publish, "2027"), 1)
    assert "[nothing-to-publish]" in ended(run(*publish, "2018"), 1)
    assert "--running" in ended(run(*publish, "2026"), 1)
    assert "[nothing-to-publish]" in ended(run(*publish, "2026", "--running"), 1)


def test_thin_says_what_it_would_do_and_does_it_once(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "lama.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        header = [*HEADER, "Usia", "Saran"]
        csv.writer(file).writerows([header, *([4] * 9 + ["56+", "Ramah"] for _ in range(6))])
    create = ("--create-unit", "Unit Sekadau", "--order", "form")
    ended(run("import-responses", path, *PLACE, *create), 0)
    shown = ended(run("result", *PLACE, "--json"), 0)
    would = ended(run("thin", "--dry-run"), 0)
    assert re.search(r"Akan dikosongkan:\n +masukan warga +6 \(disimpan 24 bulan\)", would)
    assert ended(run("thin", "--dry-run"), 0) == would
    assert ended(run("thin"), 0) == would.replace("Akan", "Sudah")
    assert re.search(r"masukan warga +0 .*\n +data diri warga +0 ", ended(run("thin"), 0))
    assert ended(run("result", *PLACE, "--json"), 0) == shown
