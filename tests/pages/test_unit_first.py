"""What a unit's page shows before anything is opened: the sentence, the unsur, the next steps."""

from __future__ import annotations

import re

import pytest

from analytics.period import Period
from survey_app.pages.doors import turned_away
from survey_app.pages.unit import (
    downloads_view,
    parts,
    same_kind_view,
    steps_view,
    unsur_table,
    when_view,
)
from survey_app.services.answers import intake
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import Scope
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.services.places.unit_kind import set_kind
from survey_app.storage.database import Database
from survey_app.wording import kind_words
from tests.pages.conftest import Browser, OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW, submission

PLAN = "<b>Loket</b> tambahan pukul 08.00"


@pytest.fixture
def answered(database: Database, unit: UnitEntry) -> None:
    """Twenty sheets of threes, U3 of which eight are 1 or 2; six complaints; an action that is overdue."""
    for i in range(20):
        time = 1 if i < 3 else 2 if i < 8 else 3
        said = "Antrean lama sekali, hampir tiga jam menunggu" if i < 6 else None
        intake.accept(database, submission((3, 3, time, 3, 3, 3, 3, 3, 4), comment=said), NOW)
    action = Action(
        period=Period.parse("2026-TW1"),
        unsur="waktu",
        plan=PLAN,
        responsible="Kepala Seksi Pelayanan",
        due=Period.parse("2026-TW3"),
    )
    plans.add(database, ADMIN, "ptsp", action, NOW)


@pytest.mark.usefixtures("answered")
def test_the_page_begins_with_what_to_lift_first(open_page: OpenPage) -> None:
    app = open_page("unit", unit="ptsp")
    assert not app.exception
    # 3 + 2 x 5 + 3 x 12 = 49 of 20: 2.45, 61.25; C begins at 2.5998, B at 3.0642.
    assert app.title[0].value == (
        "Percepat waktu penyelesaian dahulu: satu-satunya unsur bermutu D, dan paling banyak dikeluhkan atau "
        "diminta."
    )
    assert any("(61,25, D): 40% menjawab" in m.value and "Naik 0,15" in m.value for m in app.markdown)
    shown = html_of(app)
    rows = re.findall(r'<th scope="row"><b>([^<]+)</b>(<span class="now">)?', shown)
    assert rows[0] == ("Waktu Penyelesaian", '<span class="now">')
    assert rows[8][0] == "Penanganan Pengaduan, Saran dan Masukan"
    assert sum(bool(mark) for _, mark in rows) == 1
    assert 'class="cq k">6<' in shown
    # TW III ended with 30 September; today is 20 November.
    assert unsur_table.OVERDUE.format(n=51).id in shown
    assert "&lt;b&gt;Loket&lt;/b&gt;" in shown
    assert PLAN not in shown
    assert steps_view.RESPONSIBLE.format(who="Kepala Seksi Pelayanan").id in shown
    assert "Nilai 1 (Tidak cepat): 15%" in shown
    assert 'hampir tiga jam menunggu” <span class="s">6 kali' in shown
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == [label.id for label, *_ in downloads_view._FILES]
    # The map of importance orders nothing any more, and stands in an annex.
    assert not app.get("plotly_chart")


@pytest.mark.usefixtures("answered")
def test_the_open_tab_stands_in_the_address_and_who_is_outside_sees_no_hours(
    open_page: OpenPage, browser: Browser
) -> None:
    app = open_page("unit", unit="ptsp", tab="what-if")
    assert len(app.select_slider) == 1
    assert not html_of(app).count('class="heat"')
    assert next(iter(parts.TABS)) == "when"
    inside = html_of(open_page("unit", unit="ptsp"))
    browser.act_as(Acting(Role.AUDITOR))
    outside = open_page("unit", unit="ptsp")
    assert not outside.exception
    told = html_of(outside)
    assert (when_view.ALIKE.id in inside, when_view.ALIKE.id in told) == (True, False)
    assert "Waktu Penyelesaian" in told


@pytest.mark.usefixtures("answered")
def test_what_a_few_people_said_of_an_unsur_before_is_told_inside_only(
    open_page: OpenPage, browser: Browser, database: Database
) -> None:
    """Three people found it a 1 where the action began; the register hides that from who is outside."""
    samples.insert(database, "ptsp", [(3, 3, 1, 3, 3, 3, 3, 3, 4)] * 3, "2026-02")
    shown = {}
    for role in (Role.MANAGER, Role.AUDITOR, Role.OPERATOR):
        browser.act_as(Acting(role))
        app = open_page("unit", unit="ptsp")
        assert not app.exception
        shown[role] = html_of(app)
    assert "(NRR) 1,00 → 2,45" in shown[Role.MANAGER]
    assert "1,00 →" not in shown[Role.AUDITOR]
    assert "tambahan pukul 08.00" in shown[Role.AUDITOR]
    # What is done is not for operators: nothing says that there is nothing, or leads where they may not go.
    assert "tambahan pukul 08.00" not in shown[Role.OPERATOR]
    assert [">Tindakan<" in told for told in shown.values()] == [True, True, False]
    assert ["Catat kemajuan" in told for told in shown.values()] == [True, False, False]
    assert "Belum ada: usulkan" not in shown[Role.OPERATOR]


def test_the_agency_is_a_link_only_where_its_page_is_open(
    open_page: OpenPage, browser: Browser, answered: None
) -> None:
    assert 'href="/ringkasan?agency=' in html_of(open_page("unit", unit="ptsp"))
    browser.act_as(Acting(Role.MANAGER, Scope(unit="ptsp")))
    assert 'href="/ringkasan' not in html_of(open_page("unit"))


def test_from_a_unit_that_does_not_exist_a_way_leads_on(open_page: OpenPage, answered: None) -> None:
    app = open_page("unit", unit="salah", service="x", period="2026-TW4", lang="en")
    assert len(app.error) == 1
    ways = {link.proto.label: link.proto.query_string for link in app.get("page_link")}
    assert ways[turned_away.WITHOUT_UNIT.en] == "lang=en&period=2026-TW4"


@pytest.mark.usefixtures("answered")
def test_units_of_the_same_kind_and_what_they_did_are_told(open_page: OpenPage, database: Database) -> None:
    """U3 of 61.25 beside 87.50 of another unit of its kind, which did something about it."""
    assert same_kind_view.SET_KIND.id in html_of(open_page("unit", unit="ptsp"))
    set_kind(database, ADMIN, "ptsp", "perizinan")
    assert "Belum ada unit lain yang sejenis: Perizinan" in html_of(open_page("unit", unit="ptsp"))
    samples.create_unit(database, "lain", "<i>Lain")
    set_kind(database, ADMIN, "lain", "perizinan")
    samples.insert(database, "lain", [[3, 3, 3 + i % 2, 3, 3, 3, 3, 3, 4] for i in range(60)], "2026-11")
    done = Action(
        period=Period.parse("2026-TW3"),
        unsur="waktu",
        plan=PLAN,
        status=Status.DONE,
        realisation="Loket <b>3",
    )
    plans.add(database, ADMIN, "lain", done, NOW)
    shown = html_of(open_page("unit", unit="ptsp"))
    assert (
        "Waktu Penyelesaian: 1 dari 1 unit sejenis jelas lebih baik; tertinggi &lt;i&gt;Lain (87,50 B"
        in shown
    )
    assert "&lt;i&gt;Lain</a>: Loket &lt;b&gt;3</li>" in shown
    assert kind_words.NOT_ITS_EFFECT.id in shown
    assert 'href="/perbandingan?kind=perizinan&amp;period=' in shown
    better = html_of(open_page("unit", unit="lain"))
    assert kind_words.NONE_BETTER.id in better
    assert kind_words.DID.id not in better
