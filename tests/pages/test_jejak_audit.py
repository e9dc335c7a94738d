"""The audit log on its page: what was done in words, found again by an address, and taken along as a file."""

from __future__ import annotations

import csv
import io

import pytest
from sqlalchemy import event

from survey_app.errors import Refused
from survey_app.pages.jejak_audit import filters, view
from survey_app.pages.jejak_audit.page import NOTHING, OLDER, TITLE
from survey_app.services.accounts import links, people
from survey_app.services.places import audit_log, audited, catalogue
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.audited import Event
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.audit import Wanted
from survey_app.storage.database import Database
from survey_app.wording import audit_words
from tests.pages.conftest import Browser, OpenPage, html_of, words_of
from tests.submissions import NOW

ANI = Acting(Role.ADMIN, account=7, by="<b>ani</b>@kaltim.go.id", network="10.1.2.0/24")
SITI = Acting(Role.ADMIN, by="siti@kaltim.go.id")


def done(database: Database) -> None:
    catalogue.create_agency(database, ANI, "dinas", "*Dinas*")
    with pytest.raises(Refused):
        catalogue.create_agency(database, Acting(Role.OPERATOR, by="eko"), "lain", "Lain")
    audited.note(database, ANI, Event.DOWNLOAD, {"file": "=laporan.pdf"})


def test_who_did_what_is_read_in_words(open_page: OpenPage, database: Database, browser: Browser) -> None:
    done(database)
    browser.act_as(Acting(Role.AUDITOR))
    shown = html_of(open_page("jejak-audit"))
    assert "&lt;b&gt;ani&lt;/b&gt;@kaltim.go.id" in shown
    assert "Admin, 10.1.2.0/24" in shown
    assert "kode: dinas; nama: *Dinas*" in shown
    assert audit_words.DONE[Event.DOWNLOAD].id in shown
    assert view.REFUSED.id in shown


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ({}, 3),
        ({"siapa": "EKO"}, 1),
        ({"siapa": "%"}, 0),
        ({"tindakan": "download"}, 1),
        ({"hasil": "refused"}, 1),
        ({"hasil": "done"}, 2),
        ({"tempat": "tidak-ada"}, 0),
        ({"sejak": "2030-01-01"}, 0),
        ({"sampai": "2030-01-01", "hasil": "done"}, 2),
        ({"sejak": "kemarin", "tindakan": "'; DROP TABLE audit"}, 3),
    ],
)
def test_the_address_says_which_entries(
    open_page: OpenPage, database: Database, query: dict[str, str], rows: int
) -> None:
    done(database)
    app = open_page("jejak-audit", **query)
    assert html_of(app).count("<tr>") - bool(rows) == rows
    assert (NOTHING.id in words_of(app)) is (rows == 0)


def test_what_can_be_chosen_is_known_without_reading_the_log(open_page: OpenPage, database: Database) -> None:
    """By its words, whether it occurs or not: the log of years is not walked through at every run."""
    done(database)
    read: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def note(_: object, __: object, statement: str, *___: object) -> None:
        read.append(statement)

    app = open_page("jejak-audit")
    offered = next(box for box in app.selectbox if box.label == filters.ACTION.id).options
    assert offered == [filters.ALL.id, *sorted(text.id for text in audit_words.DONE.values())]
    assert [s for s in read if "FROM audit" in s and "LIMIT" not in s] == []


def test_older_entries_are_a_page_away(open_page: OpenPage, database: Database) -> None:
    for number in range(audit_log.PAGE + 2):
        audited.note(database, ANI, Event.DOWNLOAD, {"file": f"nomor-{number}."})
    app = open_page("jejak-audit")
    assert "nomor-0." not in html_of(app)
    (older,) = (button for button in app.button if button.label == OLDER.id)
    assert "nomor-0." in html_of(older.click().run())


def test_the_file_holds_everything_and_computes_nothing(database: Database) -> None:
    done(database)
    rows = list(csv.reader(io.StringIO(view.csv_of(database, ANI, Wanted()).decode("utf-8-sig"))))
    assert [row[3] for row in rows] == ["action", "download", "create-units", "create-units"]
    assert rows[1][1] == ANI.by
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    with pytest.raises(Refused):
        view.csv_of(database, Acting(Role.MANAGER), Wanted())


@pytest.mark.parametrize("person", [Acting(Role.MANAGER), Acting(Role.AUDITOR, Scope(agency="dinas"))])
def test_others_are_shown_none_of_it(
    open_page: OpenPage, database: Database, browser: Browser, person: Acting
) -> None:
    done(database)
    browser.act_as(person)
    shown = words_of(open_page("jejak-audit"))
    assert "ani" not in shown
    assert TITLE.id in shown


def test_whatever_is_written_down_has_words() -> None:
    assert set(audit_words.DONE) == {*Event, *(set(PERMISSIONS) - {Action.ANSWER})}


def test_what_was_done_to_whom_is_told_in_words(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    place = Scope(unit=unit.unit.code)
    token = people.invite(database, SITI, "budi", "Budi", Role.OPERATOR, place, NOW)
    links.use(database, token, "kuda nil makan rumput", NOW)
    (budi,) = people.listed(database, SITI)
    people.give(database, SITI, budi.id, Role.AUDITOR, PROVINCE)
    people.take_back(database, SITI, budi.id, budi.roles[0].id)
    people.deactivate(database, SITI, budi.id)
    app = open_page("jejak-audit")
    told = html_of(app)
    for done in ("invite", "give", "take_back", "deactivate"):
        assert audit_words.done("", f"accounts.people.{done}").id in told
    # Of two roles the one that was taken, and whoever opened the link had not signed in.
    assert f"sebelumnya akun budi, peran Operator, unit {unit.unit.code}</td>" in told
    assert audit_words.NOT_SIGNED_IN.id in told
    assert "tautan: undangan" in told
    assert "Warga" not in told
    app.selectbox(key="audit-hasil").set_value("refused").run()
    assert [shown.value for shown in app.info] == [NOTHING.id]
