"""Pages while somebody views as somebody else: what is shown, what is refused, and the way back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import streamlit as st

from survey_app.errors import Refused
from survey_app.pages.doors import turned_away
from survey_app.pages.petugas import invite_view, person_view
from survey_app.pages.specs import PAGES
from survey_app.services.accounts import people, sessions, views
from survey_app.services.kiosks import devices
from survey_app.services.places import audit_log
from survey_app.services.places.acting import ADMIN, VIEWING, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import accounts
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.ui import viewing
from tests.pages.conftest import Browser, OpenPage, words_of
from tests.pages.test_sessions import account, signed_in
from tests.submissions import NOW


@dataclass(frozen=True)
class Office:
    """Ani is administrator and has signed in in this browser."""

    database: Database
    browser: Browser
    unit: UnitEntry

    def view_as(self, role: Role, scope: Scope = PROVINCE, login: str = "budi") -> None:
        other = account(self.database, login, role, scope)
        with self.database.read() as connection:
            (given,) = accounts.roles_of(connection, other)
        mine = sessions.find(self.database, self.browser.token, NOW)
        assert mine is not None
        views.begin(self.database, mine.own, mine.key, other, given.id, NOW)


@pytest.fixture
def office(browser: Browser, database: Database, unit: UnitEntry) -> Office:
    signed_in(database, browser, account(database, "ani"))
    return Office(database, browser, unit)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_every_page_says_whom_one_views_as_and_shows_what_that_role_opens(
    office: Office, open_page: OpenPage, role: Role
) -> None:
    office.view_as(role)
    for spec in PAGES:
        if spec.action is None:
            continue
        app = open_page(spec.path, unit=office.unit.unit.code)
        assert not app.exception, spec.path
        assert viewing.BACK.id in [button.label for button in app.button], spec.path
        assert "<strong>Budi</strong>" in words_of(app)
        refused = any(told.value.startswith("Halaman ini untuk peran") for told in app.warning)
        assert refused is not spec.open_to(Acting(role)), spec.path


def test_what_the_other_does_not_see_is_not_there_and_what_is_clicked_changes_nothing(
    office: Office, open_page: OpenPage, database: Database
) -> None:
    office.view_as(Role.OPERATOR, Scope(unit=office.unit.unit.code))
    app = open_page("armada")
    app.text_input[0].set_value("Loket 1")
    app.button[-1].click().run()
    assert [told.value for told in app.error] == [VIEWING.id]
    assert devices.fleet(database, ADMIN, NOW) == []
    entry = audit_log.page(database, ADMIN, Wanted(refused=True)).entries[0]
    assert (entry.who, entry.role, entry.what["viewing_as"]["login"]) == ("ani", "admin", "budi")


def test_it_begins_on_the_page_of_people_and_ends_with_one_click(
    office: Office, open_page: OpenPage, database: Database
) -> None:
    account(database, "budi", Role.OPERATOR, Scope(unit=office.unit.unit.code))
    (budi,) = [person for person in people.listed(database, ADMIN) if person.login == "budi"]
    app = open_page("petugas")
    app.selectbox(key="people-chosen").set_value(budi.id).run()
    app.button(key=f"view-as-{budi.roles[0].id}").click().run()
    assert not app.exception
    assert [told.value for told in app.info] == [turned_away.VIEWING.format(name="Budi").id]
    app = open_page("kertas")
    assert office.unit.unit.name in words_of(app)
    app.button(key="viewing-end").click().run()
    assert [told.value for told in app.info] == [turned_away.OTHERS.id]
    assert [toast.value for toast in app.toast] == [viewing.RETURNED.id]
    assert viewing.BACK.id not in words_of(open_page("petugas"))


def test_a_page_open_elsewhere_follows_at_its_next_run(office: Office, open_page: OpenPage) -> None:
    app = open_page("pengaturan")
    office.view_as(Role.OPERATOR, Scope(unit=office.unit.unit.code))
    app.run()
    assert [told.value for told in app.info] == [turned_away.VIEWING.format(name="Budi").id]
    assert not app.selectbox


def test_nobody_is_offered_to_view_as_oneself_or_through_another(
    office: Office, open_page: OpenPage, database: Database
) -> None:
    app = open_page("petugas")
    assert person_view.VIEW_AS.id not in words_of(app)
    office.view_as(Role.MANAGER)
    words = words_of(open_page("petugas"))
    assert "Ani" in words
    for offered in (person_view.VIEW_AS, person_view.SESSIONS, person_view.NEW_LINK, invite_view.MAKE):
        assert offered.id not in words


def test_a_download_meanwhile_names_both_and_one_of_before_is_not_made(
    office: Office, open_page: OpenPage, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Callable[[], bytes]] = []
    monkeypatch.setattr(st, "download_button", lambda _label, data, **_: made.append(data))
    open_page("jejak-audit")
    (before,) = made
    office.view_as(Role.AUDITOR)
    with pytest.raises(Refused, match="session-ended"):
        before()
    open_page("jejak-audit")
    assert b"view-as" in made[-1]()
    entry = audit_log.page(database, ADMIN, Wanted(actions=["download"])).entries[0]
    assert (entry.who, entry.role, entry.refused) == ("ani", "admin", False)
    assert json.dumps(entry.what["viewing_as"]) == '{"login": "budi", "role": "auditor"}'
