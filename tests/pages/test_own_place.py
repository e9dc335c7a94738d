"""Who looks after one agency or one unit sees nothing of another, by no page, control or address."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from analytics import Period
from survey_app.errors import Refused
from survey_app.pages.laporan import runs_view
from survey_app.pages.specs import PAGES
from survey_app.services.answers import intake
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action
from survey_app.services.ikm import targets
from survey_app.services.ikm.targets import Index
from survey_app.services.kiosks import devices
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing
from survey_app.services.publishing.recap import recap
from survey_app.services.schedules import ordered
from survey_app.storage import audit
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database, open_database
from survey_app.ui.person import SIGN_OUT
from tests.pages.conftest import Browser, OpenPage, words_of
from tests.staff import import_staff, staff
from tests.submissions import NOW, submission

PATHS = [spec.path for spec in PAGES if spec.action is not None]
YEAR, QUARTER = Period.parse("2026"), Period.parse("2026-TW4")
SCORES = {
    ("satu", "mawar"): (3,) * 9,
    ("satu", "melati"): (2,) * 9,
    ("dua", "kenanga"): (4,) * 8 + (3,),
    ("dua", "kemuning"): (4,) * 8 + (3,),
}
#: What tells of another agency, and of another unit of one's own: names, codes, comments, plans, devices and
#: values that nobody else has ((8 x 4 + 3) / 9 x 25, and 2 x 25).
OTHERS = ("dinas dua", "kenanga", "kemuning", "97,22")
NEIGHBOURS = (*OTHERS, "melati", "50,00")
PLACES = {"agency": (Scope(agency="satu"), OTHERS), "unit": (Scope(unit="mawar"), NEIGHBOURS)}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """Two agencies with two units each, and one of everything that pages show."""
    folder = tmp_path_factory.mktemp("own-place")
    shutil.copy(sqlite_template, folder / "filled.db")
    database = open_database(f"sqlite:///{folder}/filled.db")
    for agency in ("satu", "dua"):
        catalogue.create_agency(database, ADMIN, agency, f"Dinas {agency.title()}")
    for (agency, code), scores in SCORES.items():
        catalogue.create_unit(database, ADMIN, agency, code, f"Unit {code.title()}", time_zone="Asia/Jakarta")
        for i in range(12):
            said = f"Petugas {code} lambat sekali" if i == 0 else None
            sent = submission(scores, unit=code, comment=said)
            assert isinstance(intake.accept(database, sent, NOW), intake.Receipt)
        action = Action(period=QUARTER, unsur="waktu", plan=f"Loket {code}", responsible="Ana", due=QUARTER)
        plans.add(database, ADMIN, code, action, NOW)
        pairing = devices.create_pairing(database, ADMIN, code, f"Tablet {code}", NOW)
        devices.pair(database, pairing.code, NOW)
        ordered.add(database, ADMIN, Scope(unit=code), "id", YEAR.shift(-1))
    (made := folder / "files").mkdir()
    rows = [row for _, code in SCORES for row in staff(code, *[(15, 30, 25, 5)] * 6)]
    import_staff(database, made, rows, 2025, "ip-asn-2023")
    for scope in (PROVINCE, Scope(agency="dua")):
        targets.set_target(database, ADMIN, scope, Index.IKM, YEAR, Decimal("97.22"), NOW)
        ordered.add(database, ADMIN, scope, "id", YEAR.shift(-1))
        read = recap(database, scope.agency, Period.parse("2026-11"))
        recap_publishing.publish(database, ADMIN, read, NOW, running=True)
    database.close()
    return folder / "filled.db"


@pytest.fixture
def database(tmp_path: Path, filled: Path) -> Iterator[Database]:
    shutil.copy(filled, tmp_path / "filled.db")
    opened = open_database(f"sqlite:///{tmp_path}/filled.db")
    yield opened
    opened.close()


def told_of(app: AppTest, words: tuple[str, ...]) -> set[str]:
    # The links of a page repeat what its address says.
    held = words_of(app).lower().replace("unit=kenanga", "").replace("agency=dua", "")
    return {word for word in words if word in held}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_tells_nothing_of_another_place(
    open_page: OpenPage, browser: Browser, path: str, place: str
) -> None:
    scope, words = PLACES[place]
    browser.act_as(Acting(Role.MANAGER, scope))
    app = open_page(path)
    assert not app.exception
    assert not told_of(app, words)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("path", PATHS)
def test_an_address_or_what_was_chosen_before_shows_nothing_of_another_place(
    open_page: OpenPage, browser: Browser, path: str, place: str
) -> None:
    """The address names another's unit; what was chosen while one saw everything was in the session."""
    scope, words = PLACES[place]
    app = open_page(path)
    for name in ("Dinas Dua", "Unit Kenanga"):
        if (box := next((box for box in app.selectbox if name in box.options), None)) is not None:
            box.select(name).run()
    browser.act_as(Acting(Role.MANAGER, scope))
    app.run()
    assert not app.exception
    assert not told_of(app, words)
    # The address itself is repeated.
    named = open_page(path, unit="kenanga")
    assert not named.exception
    assert not told_of(named, tuple(set(words) - {"kenanga"}))


@pytest.mark.parametrize("word", NEIGHBOURS)
def test_whoever_sees_everything_is_told(open_page: OpenPage, browser: Browser, word: str) -> None:
    """Each word that the others are searched for is one that pages do show."""
    assert any(told_of(open_page(path), (word,)) for path in ("perbandingan", "suara", "laporan", "formulir"))


def test_a_download_asks_who_presses_and_for_which_place(
    open_page: OpenPage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn for who saw everything; pressed after that has ended."""
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        streamlit, "download_button", lambda label, made, **said: offered.update({said["key"]: made})
    )
    for path in ("laporan", "unit", "ip-asn"):
        app = open_page(path)
        assert not app.exception
    assert {"preview", "recap-draft", "unit-report", "ipasn-report", "ipasn-report-internal"} <= set(offered)
    for person in (None, Acting(Role.MANAGER, Scope(unit="mawar"))):
        browser.act_as(person)
        for key, made in offered.items():
            with pytest.raises(Refused) as caught:
                made()
            assert caught.value.code == "session-ended", key


def test_a_download_that_is_refused_is_written_down(
    open_page: OpenPage, browser: Browser, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser can be made to press what the page has locked."""
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(
        streamlit, "download_button", lambda label, made, **said: offered.update({said["key"]: made})
    )
    browser.act_as(Acting(Role.AUDITOR, Scope(agency="satu"), by="wati"))
    open_page("ip-asn")
    with pytest.raises(Refused, match="role-refused"):
        offered["ipasn-report-internal"]()
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(who="wati"), None)
    assert (entry.action, entry.refused) == ("download", True)


OPEN_TO = [
    (spec.path, role, scope)
    for spec in PAGES
    for role in Role
    for scope in (PROVINCE, Scope(agency="satu"), Scope(unit="mawar"))
    if spec.action is not None and spec.open_to(Acting(role, scope))
]
#: What changes nothing: another part of a list, another way of looking, a comment's words.
HARMLESS = {runs_view.MORE.id, "language", SIGN_OUT.id}


@pytest.mark.parametrize(("path", "role", "scope"), OPEN_TO)
def test_a_page_opens_to_whom_it_is_for_and_offers_a_reader_nothing_to_change(
    open_page: OpenPage, browser: Browser, path: str, role: Role, scope: Scope
) -> None:
    browser.act_as(Acting(role, scope))
    app = open_page(path)
    assert not app.exception
    if role is Role.AUDITOR:
        offered = {b.label for b in app.button if not b.disabled}
        offered |= {b.label for b in app.toggle if not b.disabled}
        assert offered <= HARMLESS, offered
