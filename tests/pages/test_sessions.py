"""What a page shows and does for whoever has signed in, has not, or no longer has; and what in which role."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.runtime.media_file_storage import MediaFileKind
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

import survey_app
from survey_app.errors import Refused, Unavailable
from survey_app.pages import doors
from survey_app.pages.doors import turned_away
from survey_app.pages.navigation.groups import WITHOUT_UNITS
from survey_app.pages.specs import PAGES
from survey_app.services.accounts import demo_people, people, sessions
from survey_app.services.accounts.sessions import IDLE, LONGEST, Origin
from survey_app.services.answers import intake
from survey_app.services.kiosks import devices
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.process import runtime
from survey_app.services.process.signed_in import Caller
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database
from survey_app.ui import acting, made_files, person
from tests.pages.conftest import Browser, OpenPage, html_of, words_of
from tests.submissions import NOW, submission

APP = Path(survey_app.__file__).parent
STAFF = [spec for spec in PAGES if spec.action is not None]


def account(database: Database, login: str = "budi", role: Role = Role.ADMIN, scope: Scope = PROVINCE) -> int:
    """Somebody with one role."""

    def job(connection: Connection) -> int:
        made = accounts.add(connection, login, login.title(), NOW)
        assert made is not None
        accounts.add_role(connection, made, role, scope.agency or "", scope.unit or "")
        return made

    return database.write(job)


def signed_in(database: Database, browser: Browser, account_id: int) -> str:
    """Their session, in the browser of this test."""
    browser.token = sessions.begin(database, account_id, Origin("10.0.0.5"), NOW)
    return browser.token


@pytest.mark.parametrize("path", [spec.path for spec in STAFF])
def test_nobody_sees_a_page_of_staff_without_signing_in(
    path: str, open_page: OpenPage, browser: Browser, unit: UnitEntry
) -> None:
    browser.act_as(None)
    app = open_page(path, unit=unit.unit.code, lang="id")
    assert [told.value for told in app.info] == [turned_away.SIGN_IN.id]
    assert f"/masuk?lanjut=%2F%3Funit%3D{unit.unit.code}%26lang%3Did" in words_of(app)
    assert unit.unit.name not in words_of(app)
    assert not app.selectbox
    assert [button.label for button in app.button] == []


def test_the_survey_page_is_open_to_everybody_and_asks_for_no_session(
    open_page: OpenPage, browser: Browser, unit: UnitEntry
) -> None:
    browser.act_as(None)
    app = open_page("survei", unit=unit.unit.code)
    assert unit.unit.name in words_of(app)
    assert turned_away.SIGN_IN.id not in words_of(app)


@pytest.fixture
def open_as_budi(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry
) -> tuple[OpenPage, int]:
    """The page opened by Budi, who is administrator, and the id of his account."""
    budi = account(database)
    signed_in(database, browser, budi)
    return open_page, budi


@pytest.mark.parametrize("path", ["pengaturan", "armada", "kertas"])
def test_a_session_that_is_ended_while_the_page_is_open_shows_nothing_of_it_at_the_next_run(
    path: str, open_as_budi: tuple[OpenPage, int], database: Database, unit: UnitEntry
) -> None:
    open_page, budi = open_as_budi
    app = open_page(path)
    assert "Budi" in words_of(app)
    assert unit.unit.name in words_of(app)
    account(database, "sari")
    people.end_sessions(database, ADMIN, budi)
    app.run()
    assert [told.value for told in app.info] == [f"{acting.ENDED.id} {turned_away.SIGN_IN_AGAIN.id}"]
    assert unit.unit.name not in words_of(app)
    assert "Budi" not in words_of(app)


@pytest.mark.parametrize("later", [IDLE, LONGEST])
def test_a_session_that_is_over_by_its_time_shows_nothing(
    later: timedelta, open_as_budi: tuple[OpenPage, int], monkeypatch: pytest.MonkeyPatch, unit: UnitEntry
) -> None:
    app = open_as_budi[0]("pengaturan")
    moment: datetime = NOW + later
    monkeypatch.setattr(runtime, "now", lambda: moment)
    app.run()
    assert [told.value for told in app.info] == [f"{acting.ENDED.id} {turned_away.SIGN_IN_AGAIN.id}"]
    assert unit.unit.name not in words_of(app)


def test_who_is_deactivated_is_out_at_the_next_run(
    open_as_budi: tuple[OpenPage, int], database: Database, unit: UnitEntry
) -> None:
    open_page, budi = open_as_budi
    app = open_page("pengaturan")
    people.deactivate(database, ADMIN, budi)
    app.run()
    assert acting.ENDED.id in words_of(app)
    assert unit.unit.name not in words_of(app)


def test_another_role_holds_from_the_next_run_on_and_what_was_chosen_is_forgotten(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry
) -> None:
    budi = account(database)
    database.write(lambda connection: accounts.add_role(connection, budi, Role.OPERATOR, "", unit.unit.code))
    token = signed_in(database, browser, budi)
    held = sessions.find(database, token, NOW)
    assert held is not None
    roles = {role.role: role.id for role in sessions.roles_of(database, held)}
    sessions.act_as(database, held, roles[Role.ADMIN])
    app = open_page("pengaturan")
    app.session_state["typed"] = "for the administrator's eyes"
    sessions.act_as(database, held, roles[Role.OPERATOR])
    app.run()
    assert "typed" not in app.session_state
    assert [told.value for told in app.info] == [turned_away.OTHERS.id]
    assert not app.selectbox
    app.run()
    assert [told.value for told in app.info] == [turned_away.OTHERS.id]
    app = open_page("pengaturan")
    assert turned_away.ANOTHER_ROLE.id in words_of(app)
    assert "/akun" in words_of(app)
    assert not app.selectbox


def test_a_button_of_a_page_that_was_made_for_somebody_else_does_nothing(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry
) -> None:
    """The browser has lost the server and come back with the cookie of the next person."""
    signed_in(database, browser, account(database))
    app = open_page("armada")
    assert [field.key for field in app.text_input]
    app.text_input[0].set_value("Anjungan")
    signed_in(database, browser, account(database, "sari"))
    app.button[-1].click().run()
    assert not app.exception
    assert [told.value for told in app.info] == [turned_away.OTHERS.id]
    assert devices.fleet(database, ADMIN, NOW) == []
    assert not app.text_input


def test_people_of_the_demonstration_are_out_where_it_is_closed(
    open_page: OpenPage,
    browser: Browser,
    database: Database,
    unit: UnitEntry,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SURVEY_DEMO", "1")
    browser.token = demo_people.sign_in(database, Role.ADMIN, Origin("127.0.0.1"), NOW)
    app = open_page("armada")
    assert demo_people.PEOPLE[Role.ADMIN].id in words_of(app)
    monkeypatch.delenv("SURVEY_DEMO")
    app.run()
    assert acting.ENDED.id in words_of(app)


def test_who_signs_out_is_out_and_the_session_is_gone(
    open_as_budi: tuple[OpenPage, int], browser: Browser, database: Database, unit: UnitEntry
) -> None:
    app = open_as_budi[0]("armada")
    app.button(key="sign-out").click().run()
    assert acting.ENDED.id in words_of(app)
    assert [toast.value for toast in app.toast] == [acting.SIGNED_OUT.id]
    assert sessions.find(database, browser.token, NOW) is None


def test_the_head_of_a_page_says_who_in_which_role_and_where_as_text(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry
) -> None:
    browser.act_as(Acting(Role.MANAGER, Scope(unit=unit.unit.code)))
    words = words_of(open_page("unit"))
    assert "<strong>Siti Aminah</strong>" in words
    assert f"Pengelola, {unit.unit.name}" in words
    assert f'label: "{person.SIGN_OUT.id}"' in words


def test_a_download_is_made_for_who_is_signed_in_when_it_is_pressed(
    open_as_budi: tuple[OpenPage, int], database: Database, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit makes it outside a run, however long after."""
    made: list[Callable[[], bytes]] = []
    names: list[str] = []

    def offered(_label: str, data: Callable[[], bytes], *, file_name: str, **_: object) -> None:
        made.append(data)
        names.append(file_name)

    monkeypatch.setattr(st, "download_button", offered)
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.contoh.go.id")
    open_as_budi[0]("pengaturan")
    content = made[0]()
    assert content.startswith(b"%PDF")
    found = acting.look_up(acting.calling())
    assert found is not None
    file = MemoryMediaFileStorage("").load_and_get_id(
        content, "application/pdf", MediaFileKind.DOWNLOADABLE, names[0]
    )
    assert made_files.is_for(found, f"{file}.pdf")
    assert not made_files.is_for(replace(found, key="another"), f"{file}.pdf")
    account(database, "sari")
    people.end_sessions(database, ADMIN, open_as_budi[1])
    for make in made:
        with pytest.raises(Refused) as refused:
            make()
        assert refused.value.code == "session-ended"


def test_a_download_is_not_made_in_another_role(
    open_page: OpenPage, browser: Browser, unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Callable[[], bytes]] = []
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.contoh.go.id")
    monkeypatch.setattr(st, "download_button", lambda _label, data, **_: made.append(data))
    open_page("pengaturan")
    browser.act_as(Acting(Role.MANAGER, Scope(unit=unit.unit.code)))
    with pytest.raises(Refused) as refused:
        made[0]()
    assert refused.value.code == "session-ended"


def test_a_session_is_looked_up_once_in_a_run_and_anew_in_the_next(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Streamlit does two runs in one thread, as it does when clicks come quickly."""
    looked: list[Caller] = []
    monkeypatch.setattr(acting, "look_up", looked.append)
    for run, expected in ((object(), 1), (object(), 2), (None, 4)):
        context = None if run is None else SimpleNamespace(parallel_coordinator=run)
        monkeypatch.setattr(acting, "get_script_run_ctx", lambda context=context: context)
        acting.session()
        acting.session()
        assert len(looked) == expected


@pytest.mark.parametrize(
    ("command", "place"), [("download_button", "downloads.py"), ("fragment", "acting.py")]
)
def test_what_runs_later_is_made_in_one_place_that_asks_again_who_it_is(command: str, place: str) -> None:
    found = {
        path.relative_to(APP).as_posix()
        for path in [*(APP / "ui").rglob("*.py"), *(APP / "pages").rglob("*.py")]
        if re.search(rf"\bst\.{command}\b", path.read_text(encoding="utf-8").replace("`", ""))
    }
    assert found == {f"ui/{place}"}


IN_UNIT = {"unit", "ip-asn", "suara", "laporan", "formulir"}
IN_PROVINCE = IN_UNIT | {"ringkasan", "perbandingan", "keterkaitan"}
WHOLE = {"tindak-lanjut", "tugas", "pengaturan"}
COUNTER = {"kertas", "armada"}


@pytest.mark.parametrize(
    ("person", "first", "listed"),
    [
        (ADMIN, "ringkasan", IN_PROVINCE | WHOLE | COUNTER | {"petugas", "sambungan", "jejak-audit"}),
        (Acting(Role.LEADERSHIP), "ringkasan", IN_PROVINCE | WHOLE),
        (Acting(Role.AUDITOR), "ringkasan", IN_PROVINCE | WHOLE | {"jejak-audit"}),
        (Acting(Role.OPERATOR), "kertas", IN_PROVINCE | COUNTER),
        (
            Acting(Role.MANAGER, Scope(agency="a")),
            "ringkasan",
            IN_PROVINCE | WHOLE | COUNTER | {"petugas", "sambungan"},
        ),
        (Acting(Role.MANAGER, Scope(unit="u")), "unit", IN_UNIT | WHOLE | COUNTER | {"sambungan"}),
        (Acting(Role.OPERATOR, Scope(unit="u")), "kertas", IN_UNIT | COUNTER),
    ],
)
def test_the_navigation_lists_what_the_role_in_use_opens(
    person: Acting, first: str, listed: set[str]
) -> None:
    assert doors.first_of(person) == first
    assert doors.listed_for(person) == listed
    # Without a unit, what one may set up and nothing else.
    assert doors.listed_for(person, empty=True) == listed & WITHOUT_UNITS


def test_the_day_begins_on_the_page_of_the_own_unit(
    open_page: OpenPage, browser: Browser, database: Database, unit: UnitEntry
) -> None:
    browser.act_as(Acting(Role.MANAGER, Scope(unit=unit.unit.code)))
    # Until there are answers, the first page says where they come from.
    assert [title.value for title in open_page("beranda").title] == ["Beranda"]
    intake.accept(database, submission(), NOW)
    assert f"<b>{unit.unit.name}</b></nav>" in html_of(open_page("beranda"))


def test_only_the_survey_page_opens_while_nobody_can_tell_who_has_signed_in(
    open_as_budi: tuple[OpenPage, int], unit: UnitEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Unavailable("database-away", acting.ENDED, "away")

    def fail(_caller: Caller) -> None:
        raise away

    monkeypatch.setattr(acting, "look_up", fail)
    open_page = open_as_budi[0]
    assert not open_page("survei", unit=unit.unit.code).exception
    app = open_page("pengaturan")
    assert app.exception
    assert not app.selectbox
