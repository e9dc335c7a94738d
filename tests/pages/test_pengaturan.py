"""Settings: what is set there is what the services then know."""

from __future__ import annotations

from analytics.period import Period
from survey_app.services import catalogue, intake
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW, submission


def test_the_guide_leads_to_form_and_result_until_the_first_answer(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    assert app.subheader[0].value == "Langkah pertama Pelayanan Terpadu Satu Pintu"
    assert app.get("link_button")[0].proto.url == "/s/ptsp"
    intake.accept(database, submission(), NOW)
    assert not app.run().subheader


def test_a_service_is_added_and_stopped(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("pengaturan")
    next(f for f in app.text_input if f.label == "Nama layanan baru").input("Izin Usaha")
    next(b for b in app.button if b.label == "Tambah layanan").click().run()
    assert [s.code for s in catalogue.find_unit(database, "ptsp").services] == ["umum", "izin-usaha"]
    next(x for x in app.toggle if x.label == "Izin Usaha").set_value(False).run()
    assert not app.exception
    assert [s.active for s in catalogue.find_unit(database, "ptsp").services] == [True, False]


def test_a_unit_stops_and_resumes_taking_answers(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    switch = "Pelayanan Terpadu Satu Pintu menerima jawaban"
    next(x for x in app.toggle if x.label == switch).set_value(False).run()
    assert not catalogue.find_unit(database, "ptsp").unit.active
    refused = intake.accept(database, submission(), NOW)
    assert isinstance(refused, intake.Rejection)
    assert [p.code for p in refused.problems] == ["unit-inactive"]
    next(x for x in app.toggle if x.label == switch).set_value(True).run()
    assert catalogue.find_unit(database, "ptsp").unit.active


def test_users_served_are_recorded_for_the_chosen_period(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    app.number_input[0].set_value(480)
    next(b for b in app.button if b.label == "Simpan").click().run()
    recorded = catalogue.recorded_volumes(database, "ptsp", Period.parse("2026-TW4"))
    assert recorded == {"umum": 480}
    assert app.number_input[0].value == 480


def test_another_questionnaire_is_previewed_warned_about_and_used(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    box = next(s for s in app.selectbox if s.label == "Kuesioner")
    box.select_index(next(i for i, name in enumerate(box.options) if "tanpa-biaya" in name)).run()
    assert "tidak akan digabung" in app.warning[0].value
    assert "Biaya/Tarif" not in html_of(app)
    next(b for b in app.button if b.label == "Pakai untuk Pelayanan Terpadu Satu Pintu").click().run()
    assert catalogue.find_unit(database, "ptsp").unit.instrument == "skm-2017-tanpa-biaya@1"


def test_a_new_unit_is_added_to_a_known_agency(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    next(s for s in app.selectbox if s.label == "Nama instansi (OPD)").select_index(0)
    next(f for f in app.text_input if f.label == "Nama unit layanan").input("Loket <Dua>")
    next(b for b in app.button if b.label == "Buat unit").click().run()
    entry = catalogue.find_unit(database, "loket-dua")
    assert entry.agency.code == "dpmptsp"
    assert "Loket &lt;Dua&gt;" in html_of(app)
