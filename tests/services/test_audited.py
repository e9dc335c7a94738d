"""Whatever somebody changes is written down in the same transaction; what is refused is written down too."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from survey_app.errors import NotFound, Refused, Unavailable
from survey_app.services.accounts import links, people, sessions, signing_in
from survey_app.services.accounts.sessions import Origin
from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.places import audit_log, audited, catalogue, refusals
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage import audit
from survey_app.storage.audit import Entry, Wanted
from survey_app.storage.database import Connection, Database
from survey_app.text import Text
from tests.cheap_passwords import cheap
from tests.services.asked import ASKED
from tests.services.changes import AGENCY, CHANGES, CODE, PERIOD, UNIT
from tests.staff import KEY, staff, write_staff
from tests.submissions import NOW

#: Changes that are others together, each of which is written down.
TOGETHER = {
    "places.setup.add_unit": "places.catalogue.create_unit",
    "complaints.handling.take_up": "complaints.handling.decide",
    "demo.province.load": "",
    "demo.follow_up.load": "follow_up.plans.add",
    "demo.kiosks.load": "kiosks.devices.create_pairing",
}
#: Changes of accounts: at least a whole agency may make them, and their place is that of the roles, a unit.
OF_ACCOUNTS = {name for name in CHANGES if name.startswith("accounts.")}
#: Long enough that no address waits.
STEP = timedelta(hours=2)
__all__ = ["cheap"]
ANI, PASSWORD = "ani@kaltim.go.id", "kuda laut biru muda"


def entries(database: Database) -> list[Entry]:
    """What Ani did or tried, the newest first."""
    with database.read() as connection:
        return audit.read(connection, Wanted(who=ANI), None)


def ani(role: Role = Role.ADMIN, scope: Scope = PROVINCE) -> Acting:
    return Acting(role, scope, 7, ANI, "10.1.2.0/24")


@pytest.mark.parametrize("name", [n for n in CHANGES if n != "demo.province.load"])
def test_every_change_is_written_down_with_who_where_and_what(prepared: Database, name: str) -> None:
    change = CHANGES[name]
    change.attempt(prepared, ani(scope=change.place))
    named = TOGETHER.get(name, name)
    made = [e for e in entries(prepared) if json.loads(e.what)["service"] == named]
    assert made
    assert {(e.role, e.refused, e.network) for e in made} == {("admin", False, "10.1.2.0/24")}
    place = UNIT if name in OF_ACCOUNTS else change.place
    assert {e.unit for e in made} == {place.unit or ""}
    # And the log of its agency holds it, if it is of one.
    agency = {"": "", CODE: AGENCY.agency}[place.unit or ""] or place.agency
    assert agency is None or len(audit_log.page(prepared, ADMIN, Wanted(who=ANI, agency=agency)).entries)
    if change.place == UNIT and name not in TOGETHER:
        assert len(entries(prepared)) == 1


@pytest.mark.parametrize("name", [n for n in CHANGES if n not in TOGETHER])
def test_what_is_refused_is_written_down_and_nothing_else(prepared: Database, name: str) -> None:
    with pytest.raises(Refused):
        CHANGES[name].attempt(prepared, ani(Role.AUDITOR))
    (entry,) = entries(prepared)
    assert (entry.role, entry.refused) == ("auditor", True)
    assert json.loads(entry.what)["service"] == name


@pytest.mark.parametrize("name", [n for n in CHANGES if n not in TOGETHER])
def test_what_is_refused_to_who_views_as_somebody_names_both(prepared: Database, name: str) -> None:
    change = CHANGES[name]
    budi = Acting(Role.MANAGER, change.place, 8, "budi@kaltim.go.id", viewer=ani())
    with pytest.raises(Refused, match="viewing-as"):
        change.attempt(prepared, budi)
    (entry,) = entries(prepared)
    assert (entry.who, entry.role, entry.refused, entry.network) == (ANI, "admin", True, "10.1.2.0/24")
    told = json.loads(entry.what)
    assert told["service"] == name
    assert told["viewing_as"].items() >= {"login": "budi@kaltim.go.id", "role": "pengelola"}.items()


#: What leaves the office is asked of a role beside what it is about; a download of it is written down as one.
LEAVES = {name for name in ASKED if name.startswith("disclosure.")}


@pytest.mark.parametrize("name", sorted(set(ASKED) - LEAVES))
def test_what_is_not_told_is_written_down(prepared: Database, name: str) -> None:
    asked = ASKED[name]
    role = next(role for role in Role if role not in asked.roles)
    with pytest.raises(Refused):
        asked.attempt(prepared, ani(role))
    (entry,) = entries(prepared)
    service = name.replace(".Maker.", ".")
    assert (entry.role, entry.refused, json.loads(entry.what)) == (role, True, {"service": service}) or (
        name.endswith("make_now") and json.loads(entry.what)["service"] == service
    )


def test_a_unit_elsewhere_that_is_asked_for_is_written_down_and_one_that_is_none_is_not(
    prepared: Database,
) -> None:
    for code in (CODE, "tidak-ada"):
        with pytest.raises(NotFound, match="unit-unknown"):
            catalogue.find_unit_for(prepared, ani(Role.MANAGER, Scope(unit="lain")), code)
    (entry,) = entries(prepared)
    assert (entry.unit, entry.refused, entry.action) == (CODE, True, "see-results")
    assert catalogue.find_unit_for(prepared, ani(Role.MANAGER, UNIT), CODE).unit.code == CODE
    assert len(entries(prepared)) == 1


def test_of_a_row_of_refusals_the_first_ones_and_each_doubling_are_written_down(prepared: Database) -> None:
    for _ in range(300):
        with pytest.raises(Refused):
            people.listed(prepared, ani(Role.AUDITOR))
    counts = [json.loads(e.what).get("refused", 1) for e in reversed(entries(prepared))]
    assert counts == [*range(1, refusals.ONE + 1), 32, 64, 128, 256]
    # Somebody else is not lost in them.
    with pytest.raises(Refused):
        people.listed(prepared, replace(ani(Role.AUDITOR), account=8, by="ani2@kaltim.go.id"))
    with prepared.read() as connection:
        assert len(audit.read(connection, Wanted(who="ani2@"), None)) == 1


@pytest.mark.usefixtures("cheap")
def test_who_floods_the_sign_in_neither_fills_the_log_nor_hides_in_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """300 tries in an hour from as many networks on names that nobody has, 25 of them on Ani's account."""
    monkeypatch.setattr(audit, "now", lambda _: NOW)
    monkeypatch.setattr(refusals, "STRANGERS", 25)
    link = people.invite(database, ADMIN, ANI, "Ani", Role.MANAGER, PROVINCE, NOW)
    links.use(database, link, PASSWORD, NOW)
    tried = 0
    for turn in range(300):
        login = ANI if turn > 25 and turn % 11 == 0 else f"nobody{turn}"
        tried += login == ANI
        with pytest.raises(Refused, match="sign-in-refused"):
            signing_in.sign_in(
                database, login, "salah", Origin(f"10.{turn % 250}.{turn % 2}.1"), NOW + turn * STEP
            )
    with database.read() as connection:
        written = audit.read(connection, Wanted(actions=["sign-in"], refused=True), None)
    assert len(written) == refusals.STRANGERS + len((32, 64, 128, 256)) + len((1, 2, 4, 8, 16))
    assert max(json.loads(e.what).get("refused_all", 0) for e in written) >= 256
    mine = [json.loads(e.what).get("refused_account", 1) for e in written if e.who == ANI]
    assert sorted(mine) == [1, 2, 4, 8, 16]
    assert tried == 25


def test_a_flood_from_a_few_networks_is_told_at_each_doubling_of_them_all(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None of them is at a doubling of its own then."""
    monkeypatch.setattr(audit, "now", lambda _: NOW)
    networks = [Acting(Role.PUBLIC, network=f"10.0.{third}.0/24") for third in range(3)]

    def flood(connection: Connection) -> list[int]:
        told = [refusals.worth_telling(connection, networks[turn % 3]) for turn in range(300)]
        return [one["refused_all"] for one in told if one and one.get("refused_all", 0) > refusals.STRANGERS]

    assert database.write(flood) == [128, 256]


def test_an_entry_says_how_it_was_before(prepared: Database) -> None:
    catalogue.choose_instrument(prepared, ani(), CODE, "skm-2017-tanpa-biaya@1")
    (entry,) = entries(prepared)
    assert (entry.unit, entry.action) == (CODE, "change-questionnaires")
    assert json.loads(entry.what)["instrument"] == "skm-2017-tanpa-biaya@1"
    assert json.loads(entry.before or "") == "skm-2017@1"


def test_a_change_that_fails_leaves_no_entry(prepared: Database) -> None:
    with pytest.raises(Refused):
        catalogue.create_service(prepared, ani(), CODE, "!", "")
    assert entries(prepared) == []


def test_a_change_whose_entry_cannot_be_written_is_not_made(
    prepared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "append", full)
    with pytest.raises(OSError, match="disk full"):
        catalogue.create_service(prepared, ani(), CODE, "baru", "Baru")
    assert [s.code for s in catalogue.find_unit(prepared, CODE, PROVINCE).services] == ["umum"]


def test_what_nobody_may_do_to_the_last_administrator_is_written_down(database: Database) -> None:
    link = people.invite(database, ADMIN, ANI, "Ani", Role.ADMIN, PROVINCE, NOW)
    account = links.use(database, link, PASSWORD, NOW)
    with pytest.raises(Refused, match="last-admin"):
        people.deactivate(database, ani(), account)
    first = entries(database)[0]
    assert (first.action, first.refused, json.loads(first.what)["account_id"]) == (
        "manage-people",
        True,
        account,
    )


def test_a_database_that_takes_nothing_in_refuses_all_the_same(
    prepared: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("database-away", Text("-", "-"), "")

    monkeypatch.setattr(audit, "append", away)
    with pytest.raises(Refused, match="role-refused"):
        catalogue.create_service(prepared, ani(Role.AUDITOR), CODE, "baru", "Baru")


def test_of_an_agency_is_what_was_done_at_its_units_too(prepared: Database) -> None:
    catalogue.choose_instrument(prepared, ani(), CODE, "skm-2017-tanpa-biaya@1")
    catalogue.create_service(prepared, ani(), CODE, "baru", "Baru")
    agency = catalogue.find_unit(prepared, CODE, PROVINCE).agency.code
    for place, found in ((Wanted(agency=agency), 2), (Wanted(unit=CODE), 2), (Wanted(agency="lain"), 0)):
        entries_there = audit_log.page(prepared, ADMIN, replace(place, who=ANI)).entries
        assert len(entries_there) == found, place


def test_a_code_in_capitals_hides_nothing_from_who_looks_at_the_place(prepared: Database) -> None:
    """Programs may write codes so; what was done, and how it was before, is found all the same."""
    agency = catalogue.find_unit(prepared, CODE, PROVINCE).agency.code
    for users in (400, 500):
        catalogue.record_volume(prepared, ani(), CODE.upper(), "UMUM", PERIOD, users)
    with pytest.raises(Refused, match="scope-refused"):
        catalogue.set_unit_active(prepared, ani(Role.ADMIN, Scope(unit="lain")), CODE.upper(), active=False)
    catalogue.create_unit(prepared, ani(), agency.upper(), "baru", "Baru", time_zone="Asia/Jakarta")
    entries_there = audit_log.page(prepared, ADMIN, Wanted(agency=agency, who=ANI)).entries
    assert [(e.unit, e.before, e.refused) for e in entries_there] == [
        ("", None, False),
        (CODE, None, True),
        (CODE, 400, False),
        (CODE, None, False),
    ]


def test_entries_are_wanted_from_a_moment_on_and_up_to_another(database: Database) -> None:
    catalogue.create_agency(database, ani(), "a", "A")
    (entry,) = entries(database)
    later = entry.at + timedelta(microseconds=1)
    for since, until, found in ((entry.at, later, 1), (None, entry.at, 0), (later, None, 0)):
        with database.read() as connection:
            assert len(audit.read(connection, Wanted(since=since, until=until), None)) == found


@pytest.mark.parametrize("change", ["UPDATE audit SET role = 'x'", "DELETE FROM audit"])
def test_nobody_alters_an_entry(database: Database, change: str) -> None:
    catalogue.create_agency(database, ADMIN, "a", "A")
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.text(change))


def test_who_it_was_may_be_emptied_and_not_written_anew(database: Database) -> None:
    catalogue.create_agency(database, ani(), "a", "A")
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE audit SET who = 'budi'"))
    database.write(lambda c: c.execute(sa.text("UPDATE audit SET who = NULL, network = NULL")))
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(), None)
    assert (entry.who, entry.network, entry.role) == (None, None, "admin")


def test_no_word_of_a_citizen_is_written_down(prepared: Database) -> None:
    for name in (
        "voices.auditing.judge",
        "answers.paper.enter",
        "imports.withdrawing.withdraw",
        "imports.importing.import_responses",
    ):
        CHANGES[name].attempt(prepared, ani(scope=UNIT))
    written = "".join(e.what + (e.before or "") for e in entries(prepared))
    assert "Baik" not in written
    assert "Cepat" not in written
    assert {key for e in entries(prepared) for key in json.loads(e.what)} == {
        "service",
        "import_id",
        "period",
        "reason",
    }


def test_what_a_file_is_called_is_not_written_down(prepared: Database, tmp_path: Path) -> None:
    path = write_staff(tmp_path / "Budi Santoso 197501012000011001.csv", staff(CODE, (25, 30, 25, 5)))
    terms = ImportTerms(year=2020, ruleset="ip-asn-2019", scope=PROVINCE)
    staff_import.import_staff(prepared, ani(), path, terms, NOW, KEY)
    (entry,) = entries(prepared)
    assert "Budi" not in entry.what
    assert json.loads(entry.what)["year"] == 2020


@pytest.mark.parametrize("name", ["make_now", "make_asked"])
def test_whoever_has_a_report_made_is_written_down(prepared: Database, name: str) -> None:
    service = f"schedules.runs.{name}"
    for role in (Role.MANAGER, Role.AUDITOR):
        with suppress(Refused):
            ASKED[f"schedules.runs.Maker.{name}"].attempt(prepared, ani(role))
    told = [(e.role, e.action, e.refused, json.loads(e.what)["service"]) for e in entries(prepared)]
    assert told == [
        ("auditor", "make-reports", True, service),
        ("pengelola", "make-reports", False, service),
    ]


def test_signing_in_and_out_is_written_down(database: Database) -> None:
    link = people.invite(database, ADMIN, ANI, "Ani", Role.MANAGER, PROVINCE, NOW)
    links.use(database, link, PASSWORD, NOW)
    token = signing_in.sign_in(database, ANI, PASSWORD, Origin("10.1.2.3"), NOW)
    with pytest.raises(Refused):
        signing_in.sign_in(database, ANI, "salah", Origin("10.1.2.3"), NOW)
    session = sessions.find(database, token, NOW)
    assert session is not None
    links.change_password(database, session, PASSWORD, "gajah terbang tinggi", NOW)
    sessions.end(database, token)
    # Whose it was, newest first; nothing that was typed.
    told = [(e.action, e.refused, e.role, e.network, json.loads(e.what)) for e in entries(database)]
    assert told == [
        ("sign-out", False, "pengelola", "10.1.2.0/24", {}),
        ("change-own-account", False, "pengelola", "10.1.2.0/24", {"changed": "password"}),
        ("sign-in", True, "publik", "10.1.2.0/24", {"way": "password"}),
        ("sign-in", False, "pengelola", "10.1.2.0/24", {"way": "password"}),
        ("change-own-account", False, "publik", None, {"link": "invitation"}),
    ]


def test_who_is_nobody_is_written_down_without_what_was_typed(database: Database) -> None:
    with pytest.raises(Refused):
        signing_in.sign_in(database, "kuda laut biru muda", "x", Origin("::1"), NOW)
    with database.read() as connection:
        (entry,) = audit.read(connection, Wanted(), None)
    assert (entry.who, entry.network, json.loads(entry.what)) == (None, "::/48", {"way": "password"})


def test_the_log_is_read_page_by_page_by_who_may(database: Database) -> None:
    for number in range(audit_log.PAGE + 7):
        catalogue.create_agency(database, ani(), f"a{number}", "A")
    auditor = Acting(Role.AUDITOR)
    first = audit_log.page(database, auditor, Wanted(who="ANI@"))
    assert len(first.entries) == audit_log.PAGE
    assert first.entries[0].what["code"] == f"a{audit_log.PAGE + 6}"
    rest = audit_log.page(database, auditor, Wanted(below=first.older))
    assert (len(rest.entries), rest.older) == (7, None)
    assert len(list(audit_log.everything(database, auditor, Wanted()))) == audit_log.PAGE + 7
    assert audit_log.page(database, auditor, Wanted(who="%")).entries == []
    for acting in (Acting(Role.MANAGER), Acting(Role.AUDITOR, AGENCY)):
        for read in (audit_log.page, audit_log.everything):
            with pytest.raises(Refused):
                read(database, acting, Wanted())


def test_what_is_refused_inside_another_change_notes_nothing_but_the_refusal(database: Database) -> None:
    @audited.audited(Action.LOAD_DEMO)
    def load(database: Database, acting: Acting) -> None:
        catalogue.create_agency(database, Acting(Role.OPERATOR, by=ANI), "a", "A")

    with pytest.raises(Refused):
        load(database, ani())
    assert {(e.action, e.refused) for e in entries(database)} == {("create-units", True), ("load-demo", True)}
