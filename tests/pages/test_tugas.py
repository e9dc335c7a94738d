"""The page of tasks: who has something to do, and what it is, by an address."""

from __future__ import annotations

from analytics.period import Period
from survey_app.pages.tugas import words
from survey_app.pages.tugas.parts import ROWS
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from tests.pages.conftest import Browser, OpenPage, html_of
from tests.reports import samples
from tests.submissions import NOW

ADMIN = Acting(Role.ADMIN)


def fill(database: Database) -> None:
    """Two units; NOW is 20 November 2026: the third quarter is over, the fourth is not."""
    for code in ("satu", "dua"):
        samples.create_unit(database, code, f"Unit {code} <i>", agency=f"Dinas {code}")
        samples.insert(database, code, [(3, 3, 2, 3, 3, 3, 3, 3, 3)] * 12, "2026-10")
    cases = (
        ("satu", "Loket <b>dua</b>", "Kepala Seksi", "2026-TW3"),
        ("dua", "Kursi tunggu", "kepala  seksi", "2026-TW4"),
        ("dua", "Papan tarif", "Sekretaris", "2027-TW1"),
    )
    for code, plan, who, due in cases:
        action = Action(
            period=Period.parse("2026-TW2"),
            unsur="waktu",
            plan=plan,
            responsible=who,
            due=Period.parse(due),
            status=Status.RUNNING,
        )
        plans.add(database, ADMIN, code, action, NOW)


def test_without_a_position_everybody_with_something_to_do_is_named(
    open_page: OpenPage, database: Database
) -> None:
    fill(database)
    app = open_page("tugas")
    assert not app.exception
    assert [title.value for title in app.title] == [words.OVERDUE_AND_DUE.format(late=1, due=1).id]
    shown = html_of(app)
    assert "/tugas?jabatan=kepala+seksi" in shown
    assert "/tugas?jabatan=sekretaris" in shown
    assert "Papan tarif" not in shown


def test_a_position_has_its_own_address_and_each_task_one_way_to_its_form(
    open_page: OpenPage, database: Database
) -> None:
    fill(database)
    app = open_page("tugas", jabatan="kepala seksi")
    assert not app.exception
    assert app.title[0].value == words.OVERDUE_AND_DUE.format(late=1, due=1).id
    shown = html_of(app)
    (registered,) = plans.register(database, ADMIN, "satu")
    assert shown.count(f"/tindak-lanjut?unit=satu&amp;tindakan={registered.id}") == 1
    assert "Loket &lt;b&gt;dua&lt;/b&gt;" in shown
    assert words.LATE.format(n=51).id in shown
    assert "Kursi tunggu" in shown
    assert "Papan tarif" not in shown
    # 2.00 of 4 is 50 of 100: below 65.
    assert 'NRR 2,00</span> <span class="chip cD">D</span>' in shown
    rest = open_page("tugas", jabatan="sekretaris")
    assert rest.title[0].value == words.NOTHING_PRESSING.format(rest=1).id
    # Who has nothing to do any more leads to who has.
    assert "/tugas?jabatan=sekretaris" in html_of(open_page("tugas", jabatan="kepala dinas"))


def test_who_is_told_no_values_sees_tasks_without_them_and_only_of_the_own_place(
    open_page: OpenPage, browser: Browser, database: Database
) -> None:
    fill(database)
    browser.act_as(Acting(Role.AUDITOR, Scope(agency="dinas-satu")))
    app = open_page("tugas", jabatan="kepala seksi")
    assert not app.exception
    shown = html_of(app)
    assert "Loket &lt;b&gt;dua" in shown
    assert "Kursi tunggu" not in shown
    assert "NRR" not in shown


def test_of_a_long_turn_the_rest_is_a_click_away(open_page: OpenPage, database: Database) -> None:
    samples.create_unit(database, "satu", "Unit satu")
    samples.insert(database, "satu", [(3,) * 9] * 12, "2026-10")
    for number in range(ROWS + 2):
        action = Action(
            period=Period.parse("2026-TW2"),
            unsur="waktu",
            plan=f"Rencana {number}.",
            responsible="Sekretaris",
            due=Period.parse("2026-TW3"),
        )
        plans.add(database, ADMIN, "satu", action, NOW)
    shown = html_of(open_page("tugas", jabatan="sekretaris"))
    assert "/tugas?jabatan=sekretaris&amp;giliran=lewat" in shown
    assert words.MORE.format(n=2).id in shown
    assert f"Rencana {ROWS + 1}." not in shown
    assert f"Rencana {ROWS + 1}." in html_of(open_page("tugas", jabatan="sekretaris", giliran="lewat"))


def test_complaints_in_hand_stand_with_their_owner(open_page: OpenPage, database: Database) -> None:
    fill(database)
    samples.comment(database, "satu", "Antrean lama sekali <b>dua jam</b>", "2026-11")
    scope = Scope(unit="satu")
    (case,) = cases.worklist(database, ADMIN, scope, NOW).cases
    decision = Decision(state=State.LOOKED_AT, owner="KEPALA seksi")
    handling.decide(database, ADMIN, "satu", case.seen, decision, NOW)
    shown = html_of(open_page("tugas"))
    assert words.COMPLAINTS.id in shown
    app = open_page("tugas", jabatan="kepala seksi")
    assert [title.value for title in app.title] == [
        f"{words.OVERDUE_AND_DUE.format(late=1, due=1).id} {words.CASES.format(n=1).id}"
    ]
    shown = html_of(app)
    assert "Antrean lama sekali &lt;b&gt;dua jam" in shown
    assert f"kasus=satu-{case.seqs[0]}" in shown
    assert "Antrean" not in html_of(open_page("tugas", jabatan="sekretaris"))


def test_who_owns_nothing_but_a_complaint_has_a_page_too(open_page: OpenPage, database: Database) -> None:
    fill(database)
    samples.comment(database, "satu", "Antrean lama sekali dua jam", "2026-11")
    (case,) = cases.worklist(database, ADMIN, Scope(unit="satu"), NOW).cases
    handling.decide(database, ADMIN, "satu", case.seen, Decision(state=State.LOOKED_AT, owner="Camat"), NOW)
    app = open_page("tugas", jabatan="camat")
    assert [title.value for title in app.title] == [words.CASES.format(n=1).id]
    assert cases.in_hand(database, Acting(Role.AUDITOR), Scope(unit="satu"), NOW) == ()


def test_complaints_are_counted_not_matters_as_where_they_are_dealt_with(
    open_page: OpenPage, database: Database
) -> None:
    fill(database)
    for _ in range(3):
        samples.comment(database, "satu", "Antrean lama sekali dua jam", "2026-11")
    (case,) = cases.worklist(database, ADMIN, Scope(unit="satu"), NOW).cases
    handling.decide(database, ADMIN, "satu", case.seen, Decision(state=State.LOOKED_AT, owner="Camat"), NOW)
    app = open_page("tugas", jabatan="camat")
    assert [title.value for title in app.title] == [words.CASES.format(n=3).id]
    assert f"<b>3</b> {words.IN_HAND.id}" in html_of(app)
