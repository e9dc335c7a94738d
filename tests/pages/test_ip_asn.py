"""IP ASN on screen: the numbers of `analytics`, a file from preview to storage, and small groups."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from survey_app.pages.ip_asn import page, upload_view, view
from survey_app.services.files import uploads
from survey_app.services.ip_asn import measurement
from survey_app.services.ip_asn.findings import PROBLEMS
from survey_app.services.ip_asn.rows import NEITHER_KIND
from survey_app.services.ip_asn.splits import Split
from survey_app.services.ip_asn.standing import REPLACES
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.ui import choosing, scopes
from survey_app.ui.ip_asn_charts import NEW_RULES
from survey_app.ui.plain import plain
from survey_app.wording import ip_asn_words
from tests.pages.conftest import OpenPage, html_of
from tests.staff import add_units, import_staff, staff, write_staff

#: a1: six PNS at 80.5 and five PPPK at 85; a2: five at 60; b1: ten at 90.
A1 = staff("a1", *[(15, "35.5", 25, 5)] * 6) + staff("a1", *[(15, 40, 25, 5)] * 5, status="PPPK")
A2 = staff("a2", *[(10, 15, 30, 5)] * 5)
B1 = staff("b1", *[(20, 40, 25, 5)] * 10)
OF = ip_asn_words.OF.id


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    """2022 and 2023 alike, and one more in 2023 without a rating."""
    add_units(database)
    import_staff(database, tmp_path, [*A2, *B1], 2022, "ip-asn-2022")
    unrated = staff("a1", (15, 40, "", 5))
    import_staff(database, tmp_path, [*A1, *unrated, *A2, *B1], 2023, "ip-asn-2023")
    return database


def test_the_province_is_the_headcount_mean_with_its_gap_in_words(
    open_page: OpenPage, filled: Database
) -> None:
    """(6 x 80.5 + 5 x 85 + 5 x 60 + 10 x 90) / 26 = 2108 / 26 = 81.0769..."""
    app = open_page("ip-asn")
    shown = html_of(app)
    assert '<p class="big">81,08</p>' in shown
    assert f"<dt>{ip_asn_words.STAFF.id}</dt><dd>27</dd>" in shown
    assert f"<dt>{ip_asn_words.FULL_SCORE.id}</dt><dd>26</dd>" in shown
    assert not app.warning
    # Dinas A: (483 + 425 + 300) / 16 = 75.50; b1: 90.00, Tinggi.
    assert _row(shown, "Dinas A")[1:4] == ["75,50", "Sedang", "17"]
    assert _row(shown, "Dinas B")[1:4] == ["90,00", "Tinggi", "10"]


def test_a_value_between_two_categories_says_so(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    add_units(database)
    import_staff(database, tmp_path, A1[:6], 2023, "ip-asn-2023")
    app = open_page("ip-asn", unit="a1")
    assert '<p class="big">80,50</p>' in html_of(app)
    gap = ip_asn_words.GAP.format(lower="Sedang", high=80, upper="Tinggi", low=81, name="Tinggi")
    assert app.warning[0].value == gap.id


def test_dimensions_stand_beside_their_completeness(open_page: OpenPage, filled: Database) -> None:
    """a1 in 2023: competence (6 x 35.5 + 5 x 40) / 11 = 37.545..., ratings of 11 of 12 staff."""
    shown = html_of(open_page("ip-asn", unit="a1"))
    assert _row(shown, ip_asn_words.DIMENSION_NAMES["kompetensi"].id)[1:] == ["37,55", "40", f"100% {OF} 12"]
    assert _row(shown, ip_asn_words.DIMENSION_NAMES["kinerja"].id)[1:] == ["25,00", "30", f"92% {OF} 12"]


def test_pns_and_pppk_stand_apart_and_together(open_page: OpenPage, filled: Database) -> None:
    """a1: PNS 80.50 of six and one without a rating, PPPK 85.00; together 908 / 11 = 82.545...; mean of both
    groups 82.75."""
    shown = html_of(open_page("ip-asn", unit="a1"))
    assert _row(shown, "PNS")[1:] == ["80,50", f"Tinggi{ip_asn_words.STAR}", f"86% {OF} 7"]
    assert ip_asn_words.STARRED.id in shown
    assert _row(shown, "PPPK")[1:] == ["85,00", "Tinggi", f"100% {OF} 5"]
    assert _row(shown, ip_asn_words.ALL_STAFF.id)[1] == "82,55"
    assert _row(shown, ip_asn_words.MEAN_OF_GROUPS.id)[1] == "82,75"


def test_a_group_of_four_is_not_shown_apart(open_page: OpenPage, database: Database, tmp_path: Path) -> None:
    add_units(database)
    few = staff("a1", *[(15, 40, 25, 5)] * 4, status="PPPK")
    import_staff(database, tmp_path, [*A1[:6], *few], 2023, "ip-asn-2023")
    app = open_page("ip-asn", unit="a1")
    assert "<td>PPPK</td>" not in html_of(app)
    assert ip_asn_words.WHOLE[Split.STATUS].id in [c.value for c in app.caption]


def test_missing_records_are_counted_with_what_they_would_move(open_page: OpenPage, filled: Database) -> None:
    """a1: the one without a rating has 15 + 40 + 5; with the others' 25 at 85: (908 + 85) / 12 - 908 / 11 =
    0.2045...; with 30 at 90: 998 / 12 - 908 / 11 = 0.6212..."""
    shown = html_of(open_page("ip-asn", unit="a1"))
    assert _row(shown, ip_asn_words.MISSING_NAMES["kinerja"].id)[1:] == ["1", "+0,20", "+0,62"]


def test_the_line_is_never_joined_across_the_new_rules(open_page: OpenPage, filled: Database) -> None:
    """2022: (300 + 900) / 15 = 80.00; 2023: 81.08."""
    figure = _figure(open_page("ip-asn"))
    assert [(trace["x"], trace["y"]) for trace in figure["data"]] == [([2022], [80.0]), ([2023], [81.08])]
    assert figure["layout"]["shapes"][0]["x0"] == 2022.5
    assert figure["layout"]["annotations"][0]["text"] == NEW_RULES.id


def test_the_rule_set_says_what_it_does_not_know(open_page: OpenPage, filled: Database) -> None:
    app = open_page("ip-asn")
    verified = ip_asn_words.VERIFICATION["terverifikasi sebagian"].id
    assert any(verified in c.value for c in app.caption)
    unknown = next(e for e in app.expander if e.label == view.UNKNOWN.id)
    # The first thing that the rule set of 2023 says it does not know.
    training = ip_asn_words.unknown_text("Kompetensi: what each training adds to the base.")
    assert training.id != training.en
    assert training.id in unknown.markdown[0].value


def test_every_filter_changes_what_is_shown(open_page: OpenPage, filled: Database) -> None:
    app = open_page("ip-asn")
    _choose(app, scopes.YEAR.id, 2022)
    assert '<p class="big">80,00</p>' in html_of(app)
    _choose(app, choosing.SCOPE.id, "a")
    assert '<p class="big">60,00</p>' in html_of(app)
    _choose(app, choosing.UNIT.id, "a1")
    assert app.info[0].value == view.NOT_MEASURED.format(year=2022).id
    _choose(app, scopes.YEAR.id, 2023)
    assert '<p class="big">82,55</p>' in html_of(app)


def test_units_under_different_rules_are_not_put_together(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    add_units(database)
    import_staff(database, tmp_path, A2, 2022, "ip-asn-2022")
    import_staff(database, tmp_path, B1, 2022, "ip-asn-2023")
    app = open_page("ip-asn")
    assert app.warning[0].value.startswith(view.MIXED_RULES.id.partition("{")[0])
    assert _row(html_of(app), "Dinas B")[1] == "90,00"


def test_without_an_import_the_way_to_one_is_shown(open_page: OpenPage, unit: UnitEntry) -> None:
    app = open_page("ip-asn")
    assert app.info[0].value == page.NOTHING_YET.id
    assert app.file_uploader


def test_nothing_is_stored_before_it_is_confirmed(
    open_page: OpenPage, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "a key for tests")
    add_units(database)
    rows = [*A2, *staff("tiada", (15, 0, 25, 5)), *staff("a2", (26, 0, 25, 5))]
    app = _upload(open_page("ip-asn"), write_staff(tmp_path / "pip.csv", rows))
    shown = html_of(app)
    assert upload_view.ROWS.format(rows=7, good=5, bad=2).id in [m.value for m in app.markdown]
    assert _row(shown, "7")[1:] == ["unit", "tiada", PROBLEMS["unit-unknown"].id]
    assert _row(shown, "8")[1:] == ["kualifikasi", "26", PROBLEMS["score-range"].format(expected="0–25").id]
    assert _row(shown, "Unit A2<small>Dinas A</small>")[1:] == [
        f"5<small>{upload_view.NEW.id}</small>",
        "60,00",
        "Sangat Rendah",
    ]
    assert app.button(key="ipasn-store").disabled
    app.checkbox(key="ipasn-only-good").check().run()
    assert measurement.result(database, 2025).index is None
    app.button(key="ipasn-store").click().run()
    assert app.success[0].value == upload_view.STORED.format(n=5, year=2025).id
    assert '<p class="big">60,00</p>' in html_of(app)
    assert upload_view.ALREADY_IN_FORCE.id in [i.value for i in app.info]
    assert _row(html_of(app), "Unit A2<small>Dinas A</small>")[1] == f"5<small>{upload_view.KNOWN.id}</small>"


def test_the_chosen_year_rules_and_status_are_those_of_the_import(
    open_page: OpenPage, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "a key for tests")
    add_units(database)
    app = open_page("ip-asn")
    app.selectbox(key="ipasn-import-year").select(2022).run()
    assert app.selectbox(key="ipasn-import-rules-2022").value == "ip-asn-2022"
    app.selectbox(key="ipasn-import-rules-2022").select("ip-asn-2019").run()
    app.selectbox(key="ipasn-import-status").select("PPPK").run()
    rows = staff("a2", *[(15, 0, 25, 5)] * 5, status="")
    _upload(app, write_staff(tmp_path / "pip.csv", rows)).button(key="ipasn-store").click().run()
    result = measurement.result(database, 2022)
    assert result.ruleset is not None
    assert result.index is not None
    assert (result.ruleset.id, result.index.pns) == ("ip-asn-2019", None)


def test_fewer_staff_than_now_are_stored_only_once_agreed(
    open_page: OpenPage, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five of a2, then a file with one more person: it would replace all five."""
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "a key for tests")
    add_units(database)
    import_staff(database, tmp_path, A2, 2025, "ip-asn-2023")
    late = [*staff("a2", (25, 40, 30, 5)), *staff("b1", (20, 40, 25, 5))]
    app = _upload(open_page("ip-asn"), write_staff(tmp_path / "late.csv", late))
    assert _row(html_of(app), "Unit A2<small>Dinas A</small>")[1] == (
        f"1<small>PNS: {REPLACES.format(now=5, then=1).id}</small>"
    )
    assert _row(html_of(app), "Unit B1<small>Dinas B</small>")[1] == f"1<small>{upload_view.NEW.id}</small>"
    assert app.warning[0].value == upload_view.FEWER_STAFF.id
    assert app.button(key="ipasn-store").disabled
    next(c for c in app.checkbox if c.label == upload_view.REPLACE.format(n=4).id).check().run()
    app.button(key="ipasn-store").click().run()
    assert app.success[0].value == upload_view.STORED.format(n=2, year=2025).id
    index = measurement.result(database, 2025, "a2").index
    assert index is not None
    assert index.headcount == 1


def test_a_file_that_is_something_else_is_refused_in_words(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    add_units(database)
    path = tmp_path / "lain.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    app = _upload(open_page("ip-asn"), path)
    said = NEITHER_KIND.format(
        name="lain.csv",
        line=1,
        header=r"a \| b",
        missing="unit, kualifikasi, kompetensi, kinerja, disiplin",
    )
    assert app.error[0].value == said.id
    assert [button.key for button in app.button] == ["sign-out"]


def test_columns_nobody_reads_are_named_as_text(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    add_units(database)
    path = write_staff(tmp_path / "a.csv", staff("a2", (15, 0, 25, 5)))
    lines = path.read_text(encoding="utf-8").splitlines()
    extended = "".join(
        f"{line},{more}\n" for line, more in zip(lines, ["[Gol](http://x)", "III"], strict=True)
    )
    path.write_text(extended, encoding="utf-8")
    app = _upload(open_page("ip-asn"), path)
    assert upload_view.IGNORED.format(columns=plain("[Gol](http://x)")).id in [m.value for m in app.markdown]


def test_the_files_of_a_session_have_a_total(
    open_page: OpenPage, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_units(database)
    path = write_staff(tmp_path / "a.csv", staff("a2", (15, 0, 25, 5)))
    monkeypatch.setattr(uploads, "MOST_PER_SESSION", path.stat().st_size - 1)
    app = _upload(open_page("ip-asn"), path)
    assert app.error[0].value == uploads.TOO_MANY.format(most=0).id
    assert [button.key for button in app.button] == ["sign-out"]


def test_a_name_in_a_file_cannot_write_on_the_page(
    open_page: OpenPage, database: Database, tmp_path: Path
) -> None:
    add_units(database)
    app = _upload(open_page("ip-asn"), write_staff(tmp_path / "a.csv", staff("<b>x</b>", (15, 0, 25, 5))))
    assert "<b>x</b>" not in html_of(app)
    assert "&lt;b&gt;x&lt;/b&gt;" in html_of(app)


def test_of_several_sheets_the_user_chooses_one(
    open_page: OpenPage, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three of a1 on the first sheet, two of a2 on the second; nothing is shown before the choice."""
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY", "a key for tests")
    add_units(database)
    book = openpyxl.Workbook()
    for name, rows in (("Dinas A1", staff("a1", *[(15, 40, 25, 5)] * 3)), ("Dinas A2", A2[:2])):
        sheet = book.create_sheet(name)
        with write_staff(tmp_path / f"{name}.csv", rows).open(encoding="utf-8") as file:
            for line in csv.reader(file):
                sheet.append(line)
    book.save(tmp_path / "pip.xlsx")
    app = _upload(open_page("ip-asn"), tmp_path / "pip.xlsx")
    (choice,) = [s for s in app.selectbox if s.label == upload_view.SHEET.id]
    counted = upload_view.ROWS.id.partition("{rows}")[2].partition(":")[0]
    assert (choice.options, choice.value) == (["Dinas A1", "Dinas A2"], None)
    assert not any(counted in m.value for m in app.markdown)
    choice.set_value("Dinas A2").run()
    assert upload_view.ROWS.format(rows=2, good=2, bad=0).id in [m.value for m in app.markdown]
    app.button(key="ipasn-store").click().run()
    assert app.success[0].value == upload_view.STORED.format(n=2, year=2025).id
    assert measurement.result(database, 2025, "a1").index is None


def _upload(app: AppTest, path: Path) -> AppTest:
    app.file_uploader[0].set_value((path.name, path.read_bytes(), "text/csv")).run()
    assert not app.exception
    return app


def _choose(app: AppTest, label: str, value: Any) -> None:
    next(s for s in app.selectbox if s.label == label).set_value(str(value)).run()
    assert not app.exception


def _figure(app: AppTest) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(app.get("plotly_chart")[0].proto.spec)
    return spec


def _row(shown: str, first: str) -> list[str]:
    """The cells of the table row that begins with `first`."""
    for row in shown.split("<tr>"):
        cells = [part.split("</td>")[0] for part in row.replace(' class="number"', "").split("<td>")[1:]]
        if cells and cells[0] == first:
            return cells
    raise AssertionError(f"no row begins with {first}")
