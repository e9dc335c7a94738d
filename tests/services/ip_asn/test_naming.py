"""Units and words in a file of IP ASN: names several units have, and other spellings of the same."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.ip_asn.spelling import spellings_of
from survey_app import rulesets
from survey_app.errors import Refused
from survey_app.instruments import DATA
from survey_app.services.ip_asn import measurement, staff_import
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from tests.ip_asn_files import RECORDS, export, load, record, terms


def test_a_name_that_two_units_have_is_asked_about(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Two units Sekretariat: staff go to neither by that name, and to each by its code."""
    catalogue.create_agency(database, ADMIN, "dinkes", "Dinas Kesehatan")
    for agency in ("dpmptsp", "dinkes"):
        catalogue.create_unit(
            database, ADMIN, agency, f"set-{agency}", "Sekretariat", time_zone="Asia/Makassar"
        )
    scores = [15, 30, 25, 5, 75]
    path = export(tmp_path / "a.xlsx", [["A", "B", name, *scores] for name in ("SEKRETARIAT", "set-dinkes")])
    preview = staff_import.preview_staff(database, ADMIN, path, terms())
    assert [(p.row, p.code, p.got) for p in preview.problems] == [(8, "unit-ambiguous", "SEKRETARIAT")]
    expected = "set-dinkes (Dinas Kesehatan), set-dpmptsp (DPMPTSP Provinsi Kalimantan Timur)"
    with pytest.raises(Refused, match="unit-ambiguous") as refused:
        load(database, path)
    assert refused.value.problems[0].text.id.endswith(f"pakai kodenya: {expected}.")
    assert load(database, path, accept_valid=True).stored == 1
    assert measurement.result(database, 2020, "set-dpmptsp").index is None
    # Who may import for one agency only has one unit of this name.
    assert not staff_import.preview_staff(database, ADMIN, path, terms(scope=Scope(agency="dinkes"))).problems


def test_a_name_that_is_the_code_of_another_unit_is_asked_about(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "umum", "Bagian Umum", time_zone="Asia/Makassar")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Umum", time_zone="Asia/Makassar")
    rows = [["A", "B", name, 15, 30, 25, 5, 75] for name in ("Umum", "umum", "LAIN")]
    preview = staff_import.preview_staff(database, ADMIN, export(tmp_path / "a.xlsx", rows), terms())
    assert [(p.row, p.code) for p in preview.problems] == [(8, "unit-ambiguous")]
    assert [e.unit.code for e, _ in preview.units] == ["lain", "umum"]


def test_words_as_the_regulation_and_bkn_spell_them(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """The two employees of data/published/ip_asn.json again, 90 and 50.5, in other words for the same."""
    path = tmp_path / "raw.csv"
    path.write_text(
        RECORDS
        + "197501012000031001,ptsp,pns,Eselon III.a,S-2,85,,"
        + "Diklat Kepemimpinan:300:05/05/2015; Teknis:24:01/03/2020; Workshop:8:1-6-2019,\n"
        + "198002022005012002,ptsp,Pegawai Negeri Sipil,Pelaksana,SMA,76,ya,"
        + "magang:8:2019-06-01,Teguran Lisan:02.02.2018\n",
        encoding="utf-8",
    )
    assert load(database, path).problems == ()
    index = measurement.result(database, 2020, "ptsp").index
    assert index is not None
    assert index.total.exact == (Decimal("90") + Decimal("50.5")) / 2


@pytest.mark.parametrize(
    ("written", "score"),
    [
        *(("S-3", 25), ("s.3", 25), ("S-2", 20), ("S-1", 15), ("S1", 15), ("S.1", 15), ("S 1", 15)),
        *(("D-IV", 15), ("D4", 15), ("D-III", 10), ("d3", 10), ("Diploma III/Sarjana Muda", 10)),
        *(("D-II", 5), ("D-I", 5), ("SLTA", 5), ("SMA/SMK", 5), ("slta/sederajat", 5)),
        *(("< SLTA", 1), ("<SLTA", 1), ("di bawah SLTA", 1), ("SMP", 1), ("SD", 1)),
    ],
)
def test_education_in_every_spelling(
    database: Database, unit: UnitEntry, tmp_path: Path, written: str, score: int
) -> None:
    """Scores of Peraturan BKN 8/2019; with 0 + 25 + 5 for the rest."""
    path = tmp_path / "a.csv"
    path.write_text(RECORDS + record("197501012000031001", "ptsp", written), encoding="utf-8")
    (_, index), *_ = staff_import.preview_staff(database, ADMIN, path, terms()).units
    assert index.total.value == score + 30


def test_no_spelling_means_two_words_and_every_word_is_of_a_rule_set() -> None:
    spellings = json.loads((DATA / "reference/ipasn-spellings.json").read_text(encoding="utf-8"))
    for field, known in spellings.items():
        rules = "ip-asn-2022" if field == "rating" else "ip-asn-2019"
        found = spellings_of(rulesets.get(rules), spellings)[field]
        own = spellings_of(rulesets.get(rules), {})[field]
        assert set(known) <= set(own.values())
        assert len(found) == len(own) + sum(map(len, known.values()))


def test_a_word_that_nobody_knows_is_refused_with_those_there_are(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(RECORDS + "197501012000031001,ptsp,honorer,lurah,S-9,85,,,\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(database, path)
    assert [p.text.id for p in refused.value.problems] == [
        "“honorer”. Harus PNS atau PPPK.",
        "“lurah”. Jenis jabatan harus administrator, fungsional, pelaksana, pengawas, pimpinan tinggi.",
        "“S-9”. Pendidikan harus D1, D2, D3, D4, S1, S2, S3, SLTA, di bawah SLTA.",
    ]
