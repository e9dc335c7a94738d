"""Every way out of the office against every case of few people: what must not be read there, and what must.

The rule is that of the public page (services/outgoing*.py). A door that says nothing fails as well: of every
case the text must hold something that may be known.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from analytics.comparison import Method
from analytics.period import Period
from survey_app.cli import main
from survey_app.errors import Refused
from survey_app.reports import exports
from survey_app.reports.briefing.sheet import Sheet, sheet
from survey_app.reports.ip_asn.report import IpAsnReport, ipasn_report
from survey_app.reports.prints.poster import poster
from survey_app.reports.recap.agency_report import RecapReport, agency_report
from survey_app.reports.recap.province_report import province_report
from survey_app.reports.statements import editions
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.reports.unit import drafting, trend_figure
from survey_app.reports.unit.csv_file import result_csv
from survey_app.reports.unit.report import UnitReport, unit_report
from survey_app.reports.unit.spreadsheet import result_workbook
from survey_app.services.briefing.briefing import brief
from survey_app.services.disclosure import (
    outgoing_recaps,
    outgoing_staff,
    public_recaps,
    public_regions,
    public_results,
)
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_region import set_region
from survey_app.services.publishing import recap_publishing, unit_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules.runs import Order
from survey_app.storage.database import Database, open_database
from survey_app.text import LANGUAGES
from survey_app.web import open_data, open_index, public_page
from tests import printed
from tests.reports import samples
from tests.staff import import_staff, staff

CODE, AGENCY, NAME = "loket", "kabupaten-sekadau", "Loket Uji"
PERIOD = "2026-TW1"
#: Three sheets nobody else could have written: the IKM is 25 x (23 + 25 + 27) / 27 = 69.44.
THREE = [[1, 2, 3, 4, 4, 3, 2, 1, 3], [4, 3, 2, 1, 4, 3, 2, 4, 2], [3, 3, 3, 3, 3, 3, 3, 3, 3]]
SECRET = "Kursi di pojok timur selalu basah"

Door = Callable[[Database, Path], str]


# The cases. Each builds a unit, and names what may not be read anywhere and what must be where it belongs.


@dataclass(frozen=True)
class Case:
    """`never`: in no door's text. `value`, `profile`: in those that tell the value or who answered."""

    build: Callable[[Database], None]
    never: tuple[str, ...]
    value: str
    profile: str = ""


def counted(label: str, key: str, n: int) -> str:
    """A count of a profile, in words ("S3 1", "S3 1 (5,0%)") or as open data ("S3": 1)."""
    return rf"(?<![\w/]){re.escape(label)} {n}(?!\d)|\"{re.escape(key)}\": {n}(?!\d)"


def twenty(database: Database, profiles: list[dict[str, str]], rows: list[list[int]] | None = None) -> None:
    """Nineteen sheets of all 3 and one of all 4: 25 x (19 x 3 + 4) / 20 = 76.25."""
    samples.create_unit(database, CODE, NAME)
    samples.insert(database, CODE, rows or [[3] * 9] * 19 + [[4] * 9], "2026-02", profiles)


def of_three(database: Database) -> None:
    samples.create_unit(database, CODE, NAME)
    samples.insert(database, CODE, THREE, "2026-02", [{"pendidikan": "S3", "jenis_kelamin": "P"}])


def one_doctor(database: Database) -> None:
    twenty(database, [{"pendidikan": "S3"}] + [{"pendidikan": "SMA"}] * 12 + [{"pendidikan": "S1"}] * 7)


def one_child(database: Database) -> None:
    twenty(database, [{"usia": "17-"}] + [{"usia": "26-35"}] * 12 + [{"usia": "36-45"}] * 7)


def two_women(database: Database) -> None:
    who = [{"jenis_kelamin": "L"}] * 12 + [{"jenis_kelamin": "P"}] * 2 + [{}] * 6
    twenty(database, who)


def one_comment(database: Database) -> None:
    twenty(database, [{}])
    samples.comment(database, CODE, SECRET, "2026-02")


def one_answer(database: Database) -> None:
    """One of twenty answers "biaya", with a 1; the index is 25 / 9 x (8 x 3 + 1) = 69.44."""
    twenty(database, [{}], [[3, 3, 3, 0, 3, 3, 3, 3, 3]] * 19 + [[3, 3, 3, 1, 3, 3, 3, 3, 3]])


def one_answer_in_an_agency(database: Database) -> None:
    """Beside that unit another one, of which all may be told: their means have no sums of the first."""
    one_answer(database)
    samples.create_unit(database, "lain", "Loket Lain")
    samples.insert(database, "lain", samples.random_rows(30), "2026-02")


def four_of_six_in_an_agency(database: Database) -> None:
    """Four of six answer "biaya": enough for an interval, too few to be shown; 25 / 9 x (8 x 3 + 1) again."""
    samples.create_unit(database, CODE, NAME)
    rows = [[3, 3, 3, 1, 3, 3, 3, 3, 3]] * 4 + [[3, 3, 3, 0, 3, 3, 3, 3, 2], [3, 3, 3, 0, 3, 3, 3, 3, 4]]
    samples.insert(database, CODE, rows, "2026-02")
    samples.create_unit(database, "lain", "Loket Lain")
    samples.insert(database, "lain", samples.random_rows(30), "2026-02")


def three_in_march(database: Database) -> None:
    """Twenty in January and in February, three in March; the months are published before the quarter."""
    samples.create_unit(database, CODE, NAME)
    for month, rows in (("2026-01", [[3] * 9] * 20), ("2026-02", [[3] * 9] * 20), ("2026-03", THREE)):
        samples.insert(database, CODE, rows, month)
    for month in ("2026-01", "2026-02"):
        drafting.publish(database, ADMIN, CODE, Period.parse(month), samples.MADE_AT)


def less_its_units(database: Database) -> None:
    """Beside the unit of twenty another one of three: the agency's mean, (76.25 + 69.44) / 2, is theirs."""
    twenty(database, [{}])
    samples.create_unit(database, "kecil", "Loket Kecil")
    samples.insert(database, "kecil", THREE, "2026-02")


TWENTY = r"76[,.]25"
CASES: Mapping[str, Case] = {
    "three": Case(
        of_three,
        (r"69[,.]44", r"\b1 2 3 4 4 3 2 1 3\b", r"\b4 3 2 1 4 3 2 4 2\b", counted("S3", "S3", 3)),
        r"[Kk]urang dari 5|fewer-than-5|few-people|[Tt]idak ditampilkan|dapat diketahui",
    ),
    "one-doctor": Case(one_doctor, (counted("S3", "S3", 1),), TWENTY, r"SMA/SMK 12\b|\"SMA\": 12\b"),
    "one-child": Case(
        one_child, (counted("17 tahun atau kurang", "17-", 1),), TWENTY, r"26–35 tahun 12\b|\"26-35\": 12\b"
    ),
    "two-women": Case(
        two_women,
        (counted("Perempuan", "P", 2),),
        TWENTY,
        r"Laki-laki 12\b|\"L\": 12\b",
    ),
    # All 3 but one of all 4, and the comment's sheet of all 3: 25 x (20 x 3 + 4) / 21 = 76.19.
    "one-comment": Case(one_comment, (SECRET, r"keluhan 1\b"), r"76[,.]19"),
    "one-answer": Case(
        one_answer,
        (r"Biaya/Tarif[^U]{0,20}25[,.]00", r"(?<![\d.,])1[,.]0+(?![\d,.])", "3 3 3 1 3 3 3 3 3"),
        r"69[,.]44",
    ),
    "one-answer-in-an-agency": Case(
        one_answer_in_an_agency, (r"Biaya/Tarif[^U]{0,20}25[,.]00", "3 3 3 1 3 3 3 3 3"), r"69[,.]44"
    ),
    "four-of-six-in-an-agency": Case(
        four_of_six_in_an_agency, (r"Biaya/Tarif[^U]{0,20}25[,.]00", "3 3 3 1 3 3 3 3 3"), r"69[,.]44"
    ),
    # 25 x (40 x 27 + 75) / (43 x 9) = 74.61.
    "three-in-march": Case(
        three_in_march,
        (r"74[,.]61", r"69[,.]44", r"\b1 2 3 4 4 3 2 1 3\b"),
        r"[Tt]idak ditampilkan|fewer-than-5|singled-out|dapat diketahui",
    ),
    "less-its-units": Case(less_its_units, (r"72[,.]8[45]", r"69[,.]44", r"\(n\) 23\b"), TWENTY),
}


# The doors. Each gives all that can be read of what leaves by it.


def words(pdf: bytes) -> str:
    return printed.words(pdf)


def cells(book: bytes) -> str:
    found = load_workbook(io.BytesIO(book))
    rows = [row for sheet in found for row in sheet.iter_rows(values_only=True)]
    text = " ".join(" ".join(_cell(c) for c in row if c is not None) for row in rows)
    return f"{text} {found.properties.title}"


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def page(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def published(database: Database) -> UnitReport:
    return UnitReport.of(
        database, unit_publishing.published(database, CODE, Period.parse(PERIOD), within=PROVINCE)
    )


def scheduled(database: Database, _: Path) -> str:
    order = Order(Scope(unit=CODE), Period.parse(PERIOD), "id", samples.MADE_AT)
    return words(render_pdf_here(exports.document(database, order)))


def of_agency(database: Database, _: Path) -> str:
    publication = recap_publishing.published(database, AGENCY, Period.parse(PERIOD))
    return words(render_pdf_here(agency_report(RecapReport.of(database, publication))))


def of_province(database: Database, _: Path) -> str:
    draft = outgoing_recaps.of_draft(database, recap(database, None, Period.parse(PERIOD)))
    return words(render_pdf_here(province_report(RecapReport(draft, samples.MADE_AT))))


def first_page(of: Scope) -> Door:
    """The sheet of a first page as it is given to who sees nothing inside."""

    def door(database: Database, _: Path) -> str:
        period = Period.parse(PERIOD)
        first = Period(period.start, 1)
        asked = brief(database, Acting(Role.AUDITOR), of, period, Method.MEAN_OF_UNITS, first, samples.NOW)
        made = Sheet(briefing=asked, name=NAME, made_at=samples.MADE_AT, language="id")
        return words(render_pdf_here(sheet(made)))

    return door


def unit_page(database: Database, _: Path) -> str:
    results = public_results.of_unit(database, CODE)
    shown = next(r for r in results if str(r.period) == PERIOD)
    return page(public_page.unit_html(results, shown, (), "id"))


def index_page(database: Database, _: Path) -> str:
    latest = public_results.latest(database)
    return page(
        public_page.index_html(
            latest,
            public_recaps.latest_of(public_recaps.published(database)),
            public_regions.of_results(database, latest),
            "",
            "id",
        )
    )


def typed(*arguments: str) -> Door:
    """What a command prints, and what is in the file it writes."""

    def door(database: Database, folder: Path) -> str:
        path = folder / f"keluar{arguments[-1] if arguments[-1].startswith('.') else '.txt'}"
        given = [*arguments[:-1], "-o", str(path)] if arguments[-1].startswith(".") else list(arguments)
        done = CliRunner().invoke(main, given)
        assert done.exit_code == 0, done.output
        if path.suffix in (".pdf", ".xlsx"):
            return done.output + (words if path.suffix == ".pdf" else cells)(path.read_bytes())
        if path.suffix != ".csv":
            return done.output
        return " ".join(" ".join(row) for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))

    return door


UNIT = ("--unit", CODE, "--period", PERIOD)
VALUE, PROFILE, NAMED = frozenset({"value"}), frozenset({"profile"}), frozenset[str]()
BOTH = VALUE | PROFILE
DOORS: Mapping[str, tuple[Door, frozenset[str]]] = {
    "published-pdf": (lambda d, _: words(render_pdf_here(unit_report(published(d)))), BOTH),
    "scheduled-pdf": (scheduled, BOTH),
    "workbook": (lambda d, _: cells(result_workbook(published(d))), BOTH),
    "unsur-csv": (lambda d, _: result_csv(published(d)).decode(), VALUE),
    "trend-svg": (lambda d, _: trend_figure.drawing(published(d)), VALUE),
    "poster": (lambda d, _: words(render_pdf_here(poster(published(d)))), BOTH),
    "agency-recap": (of_agency, NAMED),
    "province-recap": (of_province, NAMED),
    "sheet": (first_page(PROVINCE), NAMED),
    "sheet-agency": (first_page(Scope(agency=AGENCY)), NAMED),
    "sheet-unit": (first_page(Scope(unit=CODE)), NAMED),
    "unit-page": (unit_page, BOTH),
    "index-page": (index_page, NAMED),
    "csv": (lambda d, _: open_data.csv_text(public_results.of_unit(d, CODE)), NAMED),
    "json": (lambda d, _: open_data.json_text(CODE, public_results.of_unit(d, CODE)), PROFILE),
    "index-csv": (
        lambda d, _: open_index.csv_text(
            public_recaps.latest_of(public_recaps.published(d)), public_results.latest(d)
        ),
        NAMED,
    ),
    "result": (typed("result", *UNIT), VALUE),
    "result-json": (typed("result", *UNIT, "--json"), VALUE),
    "report-draft": (typed("report", *UNIT, "--draft", ".pdf"), BOTH),
    "report-workbook": (typed("report", *UNIT, "--draft", ".xlsx"), BOTH),
    "table-csv": (typed("table", "--period", PERIOD, ".csv"), VALUE),
    "table-xlsx": (typed("table", "--period", PERIOD, ".xlsx"), VALUE),
}


@pytest.fixture(scope="module")
def built(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Built]]:
    """The database of a case, built once and published: doors only read."""
    known: dict[str, Built] = {}

    def of(name: str) -> Built:
        if name not in known:
            folder = tmp_path_factory.mktemp(name)
            shutil.copy(sqlite_template, folder / "survey.db")
            url = f"sqlite:///{folder}/survey.db"
            database = open_database(url)
            CASES[name].build(database)
            # Every unit in one tile of the map of regions, beside the units one by one.
            for entry in catalogue.list_units(database, PROVINCE):
                set_region(database, ADMIN, entry.unit.code, "64.72")
            drafting.publish(database, ADMIN, CODE, Period.parse(PERIOD), samples.MADE_AT)
            recap_publishing.publish(
                database, ADMIN, recap(database, AGENCY, Period.parse(PERIOD)), samples.MADE_AT
            )
            known[name] = Built(url, database, folder)
        return known[name]

    yield of
    for each in known.values():
        each.database.close()


@dataclass(frozen=True)
class Built:
    url: str
    database: Database
    folder: Path


#: A sheet is a page on paper, for the office: without few people, and not held beside published months.
OF_PAGES = frozenset({"sheet", "sheet-agency", "sheet-unit"})


@pytest.mark.parametrize(
    ("door", "case"), [(d, c) for d in DOORS for c in CASES if d not in OF_PAGES or c != "three-in-march"]
)
def test_nothing_of_a_few_people_leaves_by_any_door(
    built: Callable[[str], Built], monkeypatch: pytest.MonkeyPatch, door: str, case: str
) -> None:
    made, (leave, tells), expected = built(case), DOORS[door], CASES[case]
    monkeypatch.setenv("DATABASE_URL", made.url)
    text = leave(made.database, made.folder)
    assert re.search(f"{NAME}|{CODE}", text)
    for never in expected.never:
        assert not re.search(never, text), (never, text)
    for kind, known in (("value", expected.value), ("profile", expected.profile)):
        if kind in tells:
            assert re.search(known, text), (known, text)


@pytest.mark.parametrize("case", [name for name in CASES if name != "less-its-units"])
def test_what_the_doors_are_searched_for_is_in_the_internal_edition(
    built: Callable[[str], Built], case: str
) -> None:
    made = built(case)
    publication = unit_publishing.published(made.database, CODE, Period.parse(PERIOD), within=PROVINCE)
    files = unit_report(UnitReport.of(made.database, publication, "id", ADMIN)).files
    text = re.sub(
        r"[\s\"\[\],]+ ?", " ", re.sub(r"<[^>]*>", " ", " ".join(files.values())).replace("&gt;", ">")
    )
    # Commas stand between the cells of the annex, and in decimals: without them both are searched for alike.
    assert any(re.search(never.replace("[,.]", "[ .]"), text) for never in CASES[case].never), text


def test_the_internal_edition_says_on_every_page_that_it_stays_inside(built: Callable[[str], Built]) -> None:
    database = built("three").database
    publication = unit_publishing.published(database, CODE, Period.parse(PERIOD), within=PROVINCE)
    report = UnitReport.of(database, publication, "id", ADMIN)
    for language in LANGUAGES:
        mark = editions.MARK.in_language(language)
        made = replace(report, language=language)
        pages = printed.pages(render_pdf_here(unit_report(made)))
        assert all(mark in page for page in pages)
        assert mark in cells(result_workbook(made))
    with pytest.raises(ValueError, match="poster-internal"):
        poster(report)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.MANAGER])
def test_an_internal_edition_is_refused_to_who_does_not_answer_for_the_unit(
    built: Callable[[str], Built], role: Role
) -> None:
    database = built("three").database
    publication = unit_publishing.published(database, CODE, Period.parse(PERIOD), within=PROVINCE)
    elsewhere = Acting(role, PROVINCE if role is Role.OPERATOR else Scope(unit="lain"))
    for ask in (
        lambda: UnitReport.of(database, publication, "id", elsewhere),
        lambda: drafting.draft(database, publication.snapshot.result, samples.MADE_AT, "id", elsewhere),
        lambda: outgoing_recaps.of_draft(database, recap(database, AGENCY, publication.period), elsewhere),
        lambda: outgoing_staff.of_year(database, PROVINCE, 2026, elsewhere),
    ):
        with pytest.raises(Refused):
            ask()


def test_the_value_of_two_staff_leaves_by_no_door(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """80 and 62.5 in one unit, mean 71.25; six of 95 and ten of 80 in others of the agency.

    The six are hidden too: with them and the ten the agency's mean would tell the two.
    """
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    database = open_database(sqlite_url)
    units: dict[str, list[tuple[str | int, ...]]] = {
        "dua": [(20, 30, 25, 5), (10, "22.5", 25, 5)],
        "enam": [(25, 40, 25, 5)] * 6,
    }
    units["sepuluh"] = [(20, 30, 25, 5)] * 10
    for code in units:
        samples.create_unit(database, code, f"Unit {code}")
    import_staff(
        database,
        tmp_path,
        [row for code, own in units.items() for row in staff(code, *own)],
        2026,
    )
    report = IpAsnReport.of(database, PROVINCE, 2026, samples.MADE_AT, "id")
    printed = words(render_pdf_here(ipasn_report(report)))
    asked = [typed("ipasn", "result", "--year", "2026"), typed("ipasn", "result", "--year", "2026", "--json")]
    asked += [typed("ipasn", "result", "--year", "2026", "--unit", code, "--json") for code in units]
    told = " ".join([printed, *(ask(database, tmp_path) for ask in asked)])
    # (2 x 71.25 + 6 x 95 + 10 x 80) / 18 = 84.03.
    for known in ("Unit dua – ", "84,03", "84.03", "80,00", "80.0", "few-people"):
        assert known in told
    for never in (r"71[,.]25", r"(?<!\d)95[,.]0"):
        assert not re.search(never, told), told
    inside = IpAsnReport.of(database, PROVINCE, 2026, samples.MADE_AT, "id", ADMIN)
    full = words(render_pdf_here(ipasn_report(inside)))
    assert all(value in full for value in ("71,25", "95,00", "EDISI INTERNAL"))
    database.close()
