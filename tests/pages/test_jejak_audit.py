"""The page Jejak audit tells in words what was done, and finds it."""

from __future__ import annotations

from survey_app.pages.jejak_audit import page
from survey_app.services.accounts import links, people
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from survey_app.wording import audit_words
from tests.pages.conftest import OpenPage, html_of
from tests.submissions import NOW

ANI = Acting(Role.ADMIN, PROVINCE, by="ani@kaltim.go.id")


def test_nothing_done_is_said(open_page: OpenPage) -> None:
    app = open_page("jejak-audit")
    assert [told.value for told in app.info] == [page.NOTHING.id]


def test_what_was_done_to_whom_is_told_in_words(
    open_page: OpenPage, database: Database, unit: UnitEntry
) -> None:
    place = Scope(unit=unit.unit.code)
    token = people.invite(database, ANI, "budi", "Budi", Role.OPERATOR, place, NOW)
    links.use(database, token, "kuda nil makan rumput", NOW)
    (budi,) = people.listed(database, ANI)
    people.give(database, ANI, budi.id, Role.AUDITOR, PROVINCE)
    people.take_back(database, ANI, budi.id, budi.roles[0].id)
    people.deactivate(database, ANI, budi.id)
    app = open_page("jejak-audit")
    told = html_of(app)
    for done in ("invite", "give", "take_back", "deactivate"):
        assert audit_words.done("", f"accounts.people.{done}").id in told
    # Of two roles the one that was taken, and whoever opened the link had not signed in.
    assert f"sebelumnya akun budi, peran Operator, unit {unit.unit.code}</td>" in told
    assert audit_words.NOT_SIGNED_IN.id in told
    assert "tautan: undangan" in told
    assert "Warga" not in told
    app.selectbox(key="hasil").set_value("refused").run()
    assert [shown.value for shown in app.info] == [page.NOTHING.id]
