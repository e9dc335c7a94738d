"""Settings: what is set there is what the services then know."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

import pytest

from analytics.period import Period
from survey_app import instruments
from survey_app.pages.pengaturan import codes_view, hours_view, instrument_view, targets_view, users_view
from survey_app.reports.prints import invitation
from survey_app.services.answers import consent, intake, questionnaires, queue_codes
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue, opening_hours
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.opening_hours import Hours
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.ui import first_steps, fleet_view, links, posters, units_form, words
from survey_app.ui.plain import plain
from survey_app.wording.consent import TO_BE_APPROVED
from tests import printed
from tests.pages.conftest import OpenPage, html_of
from tests.questionnaires import damage, text
from tests.submissions import NOW, submission


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address of a server, which a page without a browser does not have."""
    monkeypatch.setattr(links, "base_url", lambda: "https://survei.contoh.go.id")


def test_the_guide_leads_to_form_and_result_until_the_first_answer(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    assert app.header[0].value == first_steps.FIRST_STEPS.format(unit="Pelayanan Terpadu Satu Pintu").id
    assert [b.proto.url for b in app.get("link_button")[:2]] == ["/survei?unit=ptsp&coba=1", "/s/ptsp"]
    assert app.get("download_button")[0].proto.label == posters.DOWNLOAD.format(n=1).id
    intake.accept(database, submission(), NOW)
    assert not app.run().header


def test_a_service_is_added_and_stopped(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("pengaturan")
    next(f for f in app.text_input if f.label == units_form.SERVICE_NAME.id).input("Izin Usaha")
    next(b for b in app.button if b.label == units_form.ADD_SERVICE.id).click().run()
    assert [s.code for s in catalogue.find_unit(database, "ptsp", PROVINCE).services] == [
        "umum",
        "izin-usaha",
    ]
    next(x for x in app.toggle if x.label == "Izin Usaha").set_value(False).run()
    assert all(s.active for s in catalogue.find_unit(database, "ptsp", PROVINCE).services)
    next(b for b in app.button if b.label == units_form.YES_CLOSE.id).click().run()
    assert not app.exception
    assert [s.active for s in catalogue.find_unit(database, "ptsp", PROVINCE).services] == [True, False]


def test_a_unit_stops_and_resumes_taking_answers(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    switch = units_form.TAKES_ANSWERS.format(unit="Pelayanan Terpadu Satu Pintu").id
    next(x for x in app.toggle if x.label == switch).set_value(False).run()
    # Closing asks first: one touch of a switch on a tablet must not turn citizens away.
    assert catalogue.find_unit(database, "ptsp", PROVINCE).unit.active
    assert app.warning[0].value == units_form.CLOSE_UNIT.id
    next(b for b in app.button if b.label == units_form.YES_CLOSE.id).click().run()
    assert not catalogue.find_unit(database, "ptsp", PROVINCE).unit.active
    refused = intake.accept(database, submission(), NOW)
    assert isinstance(refused, intake.Rejection)
    assert [p.code for p in refused.problems] == ["unit-inactive"]
    next(x for x in app.toggle if x.label == switch).set_value(True).run()
    assert catalogue.find_unit(database, "ptsp", PROVINCE).unit.active


def test_hours_of_service_are_recorded_from_a_day_on_and_removed(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    office = (time(7, 30), time(16))
    next(x for x in app.time_input if x.label == "Sabtu, buka").set_value(time(8))
    next(b for b in app.button if b.label == hours_view.SAVE.id).click().run()
    assert [e.value for e in app.error] == [opening_hours.CLOSES_BEFORE_OPENING.format(day="Sabtu").id]
    next(x for x in app.time_input if x.label == "Sabtu, tutup").set_value(time(12))
    next(b for b in app.button if b.label == hours_view.SAVE.id).click().run()
    [hours] = opening_hours.hours_of(database, "ptsp")
    # What is offered first holds from the first of the month.
    assert hours == Hours(NOW.date().replace(day=1), (*(office,) * 5, (time(8), time(12)), None))
    week = f"Senin–Jumat 07.30–16.00, Sabtu 08.00–12.00, Minggu {hours_view.CLOSED.id}"
    assert hours_view.FROM.format(day="1 November 2026", week=week).id in [m.value for m in app.markdown]
    next(b for b in app.button if b.label == hours_view.REMOVE.id).click().run()
    assert opening_hours.hours_of(database, "ptsp") == ()


def test_users_served_are_recorded_for_the_chosen_period(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    app.number_input[0].set_value(480)
    next(b for b in app.button if b.label == users_view.SAVE.id).click().run()
    recorded = catalogue.recorded_volumes(database, "ptsp", Period.parse("2026-TW4"), within=PROVINCE)
    assert recorded == {"umum": 480}
    assert app.number_input[0].value == 480


def test_the_consent_in_force_is_marked_until_a_jurist_has_approved_it(
    open_page: OpenPage, unit: UnitEntry
) -> None:
    marked = TO_BE_APPROVED.format(version=consent.VERSION)
    assert [c.value for c in open_page("pengaturan").caption].count(marked.id) == 1


def test_another_questionnaire_is_previewed_warned_about_and_used(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    box = next(s for s in app.selectbox if s.label == instrument_view.QUESTIONNAIRE.id)
    box.select_index(next(i for i, name in enumerate(box.options) if "tanpa-biaya" in name)).run()
    assert app.warning[0].value == instrument_view.OTHER_THING.id
    assert "Biaya/Tarif" not in html_of(app)
    next(
        b for b in app.button if b.label == instrument_view.USE.format(unit="Pelayanan Terpadu Satu Pintu").id
    ).click().run()
    assert catalogue.find_unit(database, "ptsp", PROVINCE).unit.instrument == "skm-2017-tanpa-biaya@1"


def test_a_new_unit_is_added_to_a_known_agency(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    next(s for s in app.selectbox if s.label == units_form.AGENCY_NAME.id).select_index(0)
    next(f for f in app.text_input if f.label == units_form.UNIT_NAME.id).input("Loket <Dua>")
    next(b for b in app.button if b.label == units_form.CREATE_UNIT.id).click().run()
    entry = catalogue.find_unit(database, "loket-dua", PROVINCE)
    assert entry.agency.code == "dpmptsp"
    assert "Loket &lt;Dua&gt;" in html_of(app)


def test_the_kind_of_a_unit_is_said(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    app = open_page("pengaturan")
    assert units_form.NO_KIND.id in html_of(app)
    chosen = [s for s in app.selectbox if s.label == units_form.KIND.id][-1]
    chosen.set_value("perizinan")
    next(b for b in app.button if b.label == units_form.SET_KIND.id).click().run()
    assert not app.exception
    assert catalogue.find_unit(database, "ptsp", PROVINCE).unit.kind == "perizinan"
    assert "Perizinan dan penanaman modal" in html_of(app)


def test_a_target_is_set_for_each_choice_of_scope_index_and_period_and_removed(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    def choose(key: str, option: str) -> None:
        app.selectbox(key=f"target-{key}").select(option).run()

    def put(value: float) -> None:
        next(f for f in app.number_input if f.label == targets_view.TARGET.id).set_value(value)
        next(b for b in app.button if b.label == targets_view.SET.id).click().run()
        assert not app.exception

    app = open_page("pengaturan")
    put(82.35)
    choose("kind-ikm", "Triwulan")
    choose("period-quarter", "Triwulan III 2026")
    put(83)
    choose("index", "IP ASN")
    choose("scope", "Pelayanan Terpadu Satu Pintu")
    put(91.5)
    choose("scope", "DPMPTSP Provinsi Kalimantan Timur")
    put(90)
    found = {
        (scope, index): [(str(x.period), str(x.value)) for x in targets.targets_of(database, scope, index)]
        for scope in (PROVINCE, Scope(agency="dpmptsp"), Scope(unit="ptsp"))
        for index in Index
    }
    assert found == {
        (PROVINCE, Index.IKM): [("2026-TW3", "83.00"), ("2026", "82.35")],
        (PROVINCE, Index.IP_ASN): [],
        (Scope(agency="dpmptsp"), Index.IKM): [],
        (Scope(agency="dpmptsp"), Index.IP_ASN): [("2026", "90.00")],
        (Scope(unit="ptsp"), Index.IKM): [],
        (Scope(unit="ptsp"), Index.IP_ASN): [("2026", "91.50")],
    }
    assert "**Tahun 2026: 90,00**" in [m.value for m in app.markdown]
    next(b for b in app.button if b.label == targets_view.REMOVE.id).click().run()
    assert targets.targets_of(database, Scope(agency="dpmptsp"), Index.IP_ASN) == []


def test_posters_are_offered_for_the_unit_its_services_and_its_agency(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    catalogue.create_service(database, ADMIN, "ptsp", "izin", "Izin Usaha")
    catalogue.create_unit(database, ADMIN, "dpmptsp", "loket", "Loket", time_zone="Asia/Makassar")
    intake.accept(database, submission(), NOW)
    app = open_page("pengaturan", unit="ptsp")
    box = next(s for s in app.selectbox if s.label == posters.POSTER_FOR.id)
    assert box.options == [
        "Pelayanan Terpadu Satu Pintu",
        "Pelayanan Terpadu Satu Pintu: Layanan umum",
        "Pelayanan Terpadu Satu Pintu: Izin Usaha",
        posters.EVERY_UNIT.format(agency="DPMPTSP Provinsi Kalimantan Timur").id,
    ]
    box.select_index(3).run()
    assert app.get("download_button")[0].proto.label == posters.DOWNLOAD.format(n=2).id


def test_posters_of_many_units_are_made_with_a_bar_and_then_downloaded(
    open_page: OpenPage, database: Database, unit: UnitEntry, base: None
) -> None:
    for i in range(20):
        catalogue.create_unit(database, ADMIN, "dpmptsp", f"u{i}", f"Loket {i}", time_zone="Asia/Makassar")
    intake.accept(database, submission(), NOW)
    app = open_page("pengaturan", unit="ptsp")
    next(s for s in app.selectbox if s.label == posters.POSTER_FOR.id).select_index(1).run()
    assert not app.get("download_button")
    next(b for b in app.button if b.label == posters.MAKE.format(n=21).id).click().run()
    assert not app.exception
    assert [b.proto.label for b in app.get("download_button")] == [posters.DOWNLOAD.format(n=21).id]
    made = app.session_state["made-file"]
    assert made.name == "poster-dpmptsp-a4-id.pdf"
    assert len(printed.pages(made.content)) == 21
    # Another size is another file.
    next(s for s in app.selectbox if s.label == posters.SIZE.id).select_index(1).run()
    assert not app.get("download_button")


def test_codes_are_made_printed_once_and_counted(
    open_page: OpenPage, database: Database, unit: UnitEntry, base: None
) -> None:
    app = open_page("pengaturan", unit="ptsp")
    assert codes_view.NO_CODES.id in [m.value for m in app.markdown]
    app.number_input(key="codes-count-1").set_value(22)
    app.number_input(key="codes-days-1").set_value(1)
    app.button(key="codes-make-1").click().run()
    assert not app.exception
    (state,) = queue_codes.states(database, ADMIN, NOW)
    assert (state.batch.issued, state.batch.used, state.open) == (22, 0, 22)
    made = app.session_state["made-file"]
    assert made.name == "slip-ptsp-umum-1-id.pdf"
    assert len(printed.pages(made.content)) == 2  # 21 on a sheet
    codes = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}", printed.words(made.content))
    assert len(set(codes)) == 22
    assert all(queue_codes.is_code(code) for code in codes)
    assert codes_view.DOWNLOAD.id in [b.proto.label for b in app.get("download_button")]
    assert codes_view.NOT_AGAIN.id in [w.value for w in app.warning]
    # NOW is 20 November, 11:00 in Makassar: good until the midnight that ends the 21st.
    assert "<td>1<small>20 Nov 2026</small></td><td>22 Nov 2026, 00.00</td>" in html_of(app)
    given = replace(submission(), service="umum", code=codes[0])
    assert isinstance(intake.accept(database, given, NOW), intake.Receipt)


def test_codes_are_asked_for_after_a_warning_and_no_longer(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan", unit="ptsp")
    assert any(codes_view.REQUIRE.id in m.value for m in app.markdown)
    next(b for b in app.button if b.label == codes_view.YES_REQUIRE.id).click().run()
    assert not app.exception
    refused = intake.accept(database, submission(), NOW)
    assert isinstance(refused, intake.Rejection)
    assert [p.path for p in refused.problems] == ["code"]
    next(b for b in app.button if b.label == codes_view.YES_ACCEPT.id).click().run()
    assert isinstance(intake.accept(database, submission(), NOW), intake.Receipt)


def test_codes_are_not_made_for_an_address_that_cannot_be_printed(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links, "base_url", lambda: "://")
    app = open_page("pengaturan", unit="ptsp")
    app.button(key="codes-make-1").click().run()
    assert app.error[0].value == plain(invitation.BASE_URL.format(url="://").id)
    assert queue_codes.states(database, ADMIN, NOW) == []


def test_a_kiosk_is_paired_where_its_unit_is_set_up(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("pengaturan")
    next(f for f in app.text_input if f.label == fleet_view.DEVICE_NAME.id).input("Loket 1")
    next(b for b in app.button if b.label == fleet_view.PAIR.id).click().run()
    code = re.search(r'class="code">([^<]+)<', html_of(app))
    assert code is not None
    devices.pair(database, code[1], NOW)
    assert "Loket 1" in html_of(app.run())


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_address_nobody_can_open_is_warned_of_where_it_would_be_printed(
    open_page: OpenPage,
    database: Database,
    unit: UnitEntry,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    """In the guide, beside posters, slips and the pairing of kiosks; not where the address is a real one."""
    monkeypatch.setattr(words, "language", lambda: language)
    monkeypatch.setattr(links, "base_url", lambda: "http://127.0.0.1:8501")
    warned = [w.value for w in open_page("pengaturan").warning]
    assert len(warned) == 4
    assert all(plain(said) in w for w in warned for said in ("http://127.0.0.1:8501", "SURVEY_PUBLIC_URL"))
    assert len(open_page("armada").warning) == 1
    monkeypatch.setattr(links, "base_url", lambda: "https://survei.contoh.go.id")
    assert not open_page("pengaturan").warning
    assert not open_page("armada").warning


def test_a_unit_of_a_damaged_questionnaire_is_named_and_goes_over_to_another(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    ref = questionnaires.publish(database, ADMIN, text("lokal.pecah"), NOW).ref
    catalogue.choose_instrument(database, ADMIN, "ptsp", ref)
    damage(database)
    instruments.look_no_more_into(database.questionnaires)
    instruments.look_into(database.questionnaires)
    app = open_page("pengaturan")
    assert not app.exception
    assert units_form.UNREADABLE.id in html_of(app)
    box = next(s for s in app.selectbox if s.label == instrument_view.QUESTIONNAIRE.id)
    assert [ref for ref in box.options if "lokal" in ref] == []
    box.select_index(next(i for i, name in enumerate(box.options) if "(skm-2017@1)" in name)).run()
    use = instrument_view.USE.format(unit="Pelayanan Terpadu Satu Pintu").id
    next(b for b in app.button if b.label == use).click().run()
    assert catalogue.find_unit(database, "ptsp", PROVINCE).unit.instrument == "skm-2017@1"
