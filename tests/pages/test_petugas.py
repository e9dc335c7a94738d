"""The page Petugas: who sees whom, and what is done there is done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app.pages.petugas import invite_view, link_view, list_view, person_view, places
from survey_app.services.accounts import links, people, sessions
from survey_app.services.accounts.sessions import Origin
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.pages.conftest import Browser, OpenPage, html_of, words_of
from tests.pages.test_sessions import account
from tests.submissions import NOW

HOSTILE = "<b>Budi</b> **x** [y](http://z.id)"


@pytest.fixture
def manager(unit: UnitEntry) -> Acting:
    return Acting(Role.MANAGER, Scope(agency=unit.agency.code))


def test_it_opens_without_anybody(open_page: OpenPage) -> None:
    app = open_page("petugas")
    assert [told.value for told in app.info] == [list_view.NOBODY.id]
    assert person_view.NOBODY.id in words_of(app)


def test_somebody_is_invited_and_the_link_stays_until_it_is_put_away(
    open_page: OpenPage, database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.contoh.go.id")
    account(database, "sari")
    app = open_page("petugas")
    app.text_input[1].set_value("Budi Santoso")
    app.text_input[2].set_value("budi@kaltim.go.id")
    app.selectbox(key="invite-role").set_value(Role.OPERATOR)
    app.selectbox(key="invite-place").set_value(f"unit {unit.unit.code}")
    button = next(b for b in app.button if b.label == invite_view.MAKE.id)
    button.click().run()
    (budi,) = [p for p in people.listed(database, ADMIN) if p.login == "budi@kaltim.go.id"]
    assert [(g.role, g.scope) for g in budi.roles] == [(Role.OPERATOR, Scope(unit=unit.unit.code))]
    start, token = app.code[0].value.rsplit("/", 1)
    assert start == "https://survei.contoh.go.id/tautan"
    assert links.look(database, token, NOW).login == "budi@kaltim.go.id"
    assert "27 November 2026" in words_of(app)
    assert list_view.WAITING.id in html_of(app)
    app.button(key="people-link-away").click().run()
    assert not app.code


def test_what_is_wrong_with_an_invitation_is_said(open_page: OpenPage) -> None:
    app = open_page("petugas")
    app.selectbox(key="invite-role").set_value(Role.OPERATOR)
    next(b for b in app.button if b.label == invite_view.MAKE.id).click().run()
    assert len(app.error) == 2
    assert not app.code


def test_nobody_is_made_administrator_by_an_oversight(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    app = open_page("petugas")
    assert (app.selectbox(key="invite-role").value, app.selectbox(key="invite-place").value) == (None, None)
    app.text_input[0].set_value("Budi Santoso")
    app.text_input[1].set_value("budi@kaltim.go.id")
    next(b for b in app.button if b.label == invite_view.MAKE.id).click().run()
    assert [told.value for told in app.error] == [places.CHOOSE_BOTH.id]
    assert people.listed(database, ADMIN) == []


def test_roles_are_given_and_taken_back(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    budi = account(database, "budi", Role.OPERATOR, Scope(unit=unit.unit.code))
    app = open_page("petugas")
    app.selectbox(key=f"give-{budi}-role").set_value(Role.AUDITOR)
    app.button(key=f"give-{budi}").click().run()
    assert [told.value for told in app.error] == [places.CHOOSE_BOTH.id]
    app.selectbox(key=f"give-{budi}-place").set_value("")
    app.button(key=f"give-{budi}").click().run()
    (found,) = people.listed(database, ADMIN)
    assert {g.role: g.scope for g in found.roles} == {
        Role.OPERATOR: Scope(unit=unit.unit.code),
        Role.AUDITOR: PROVINCE,
    }
    taken = next(g.id for g in found.roles if g.role is Role.OPERATOR)
    app.button(key=f"take-back-{taken}").click().run()
    assert [g.role for g in people.listed(database, ADMIN)[0].roles] == [Role.AUDITOR]


def test_sessions_are_listed_and_ended(open_page: OpenPage, database: Database, unit: UnitEntry) -> None:
    budi = account(database)
    tokens = [sessions.begin(database, budi, Origin("10.0.0.5", name), NOW) for name in ("Firefox", "Chrome")]
    app = open_page("petugas")
    assert "Firefox · 10.0.0.0/24" in words_of(app).replace("\u2060", "").replace("\\\\", "")
    found = sessions.find(database, tokens[0], NOW)
    assert found is not None
    app.button(key=f"end-{found.key[:12]}").click().run()
    assert sessions.find(database, tokens[0], NOW) is None
    assert sessions.find(database, tokens[1], NOW) is not None


def test_who_is_deactivated_can_be_let_in_again(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    account(database, "sari")
    budi = account(database)
    app = open_page("petugas")
    app.selectbox(key="people-chosen").set_value(budi)
    app.run()
    app.button(key=f"deactivate-{budi}").click().run()
    assert [p.active for p in people.listed(database, ADMIN) if p.id == budi] == [False]
    assert list_view.INACTIVE.id in html_of(app)
    app.button(key=f"activate-{budi}").click().run()
    assert [p.active for p in people.listed(database, ADMIN) if p.id == budi] == [True]


def test_a_manager_sees_and_changes_the_own_agency_only(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry, manager: Acting
) -> None:
    catalogue.create_agency(database, ADMIN, "lain", "Dinas Lain")
    account(database, "budi", Role.OPERATOR, Scope(unit=unit.unit.code))
    account(database, "sari", Role.MANAGER, Scope(agency="lain"))
    account(database, "tono", Role.AUDITOR, Scope(agency=unit.agency.code))
    browser.act_as(manager)
    app = open_page("petugas")
    words = words_of(app)
    assert "Budi" in words
    assert "Tono" in words
    assert "Sari" not in words
    assert "Dinas Lain" not in words
    # An auditor is not the manager's to change.
    assert app.selectbox(key="people-chosen").options == ["Budi (budi)"]
    assert app.selectbox(key="invite-role").options == ["Pengelola", "Operator"]
    assert app.selectbox(key="invite-place").options == [unit.agency.name, unit.unit.name]


def test_of_many_the_first_are_shown_and_each_is_found(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    for number in range(60):
        account(database, f"orang{number:03d}", Role.OPERATOR, Scope(unit=unit.unit.code))
    app = open_page("petugas")
    assert html_of(app).count("<tr>") == 51
    assert list_view.SHOWN.format(n="50", all="60").id in words_of(app)
    app.text_input(key="people-search").set_value("ORANG059 operator").run()
    assert html_of(app).count("<tr>") == 2
    assert app.selectbox(key="people-chosen").options == ["Orang059 (orang059)"]
    app.text_input(key="people-search").set_value("tidak ada").run()
    assert [told.value for told in app.info] == [list_view.NOT_FOUND.format(text="tidak ada").id]


def test_a_hostile_name_is_text(open_page: OpenPage, database: Database) -> None:
    token = people.invite(database, ADMIN, "budi", HOSTILE, Role.AUDITOR, PROVINCE, NOW)
    links.use(database, token, "kuda nil makan rumput", NOW)
    app = open_page("petugas")
    next(b for b in app.button if b.label == person_view.NEW_LINK.id).click().run()
    assert app.code
    assert "<b>Budi" not in html_of(app)
    for shown in app.markdown:
        assert "<b>" not in shown.value.replace("\\<b\\>", "")
        assert "**x**" not in shown.value


def test_a_link_that_is_over_is_shown_no_more(
    open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(database)
    app = open_page("petugas")
    next(b for b in app.button if b.label == person_view.NEW_LINK.id).click().run()
    assert link_view.PUT_AWAY.id in words_of(app)
    later = NOW + timedelta(days=8)
    monkeypatch.setattr("survey_app.services.process.runtime.now", lambda: later)
    app.run()
    assert not app.code
