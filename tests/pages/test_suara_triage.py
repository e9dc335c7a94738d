"""The list of complaints: what is pressing first, and deciding about it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from survey_app.pages.suara import triage_view, triage_words
from survey_app.pages.suara.case_form import Mode
from survey_app.services.answers import intake
from survey_app.services.complaints import cases, handling
from survey_app.services.complaints.case import Case, Worklist
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.complaints.handling import OUTDATED
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import POSITION_WANTED, Action, Status
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.text import Text
from tests.pages.conftest import Browser, OpenPage, html_of
from tests.submissions import NOW, submission

#: A Monday; NOW is a Friday, so these wait 9 working days.
EARLIER = datetime(2026, 11, 9, 3, 0, tzinfo=UTC)
PREFIX = "Antrean lama"
NO_COMPLAINT = Decision(state=State.NO_COMPLAINT)


def say_it(database: Database, *texts: str, at: datetime = NOW) -> None:
    for text in texts:
        sent = submission(comment=text, client_time=at, time_source=intake.TimeSource.ROW)
        assert isinstance(intake.accept(database, sent, at), intake.Receipt)


@pytest.fixture
def told(database: Database, unit: UnitEntry) -> None:
    say_it(database, "Antrean lama sekali", "Antrean lama sekali", "Toilet <b>kotor</b>", at=EARLIER)
    say_it(database, "Petugas minta uang rokok", "Pelayanan mengecewakan", "Petugas sangat ramah")


def worklist(database: Database) -> Worklist:
    return cases.worklist(database, ADMIN, PROVINCE, NOW)


def case_of(database: Database, unsur: str | None) -> Case:
    return next(c for c in worklist(database).cases if c.unsur == unsur and not c.urgent)


def press(app: AppTest, name: str, case: Case) -> AppTest:
    return app.button(key=f"{name}-{case.key}").click().run()


def save(app: AppTest) -> AppTest:
    return next(b for b in app.button if b.label == triage_words.SAVE.id).click().run()


def fill(app: AppTest, owner: str = "", reply: str = "", state: State | None = None) -> None:
    if state is not None:
        next(s for s in app.selectbox if s.label == triage_words.STATE_FIELD.id).select(
            triage_words.STATES[state].id
        )
    next(f for f in app.text_input if f.label == triage_words.OWNER_FIELD.id).set_value(owner)
    next(f for f in app.text_area if f.label == triage_words.REPLY_FIELD.id).set_value(reply)


@pytest.mark.usefixtures("told")
def test_what_is_urgent_stands_first_and_the_sentence_says_what_is_late(open_page: OpenPage) -> None:
    app = open_page("suara")
    assert not app.exception
    assert app.title[0].value == triage_words.URGENT_AND_LATE.format(urgent=1, late=3).id
    shown = html_of(app)
    assert shown.index("uang rokok") < shown.index(PREFIX) < shown.index("mengecewakan")
    assert triage_words.LATE.format(date="9 Nov 2026", late=6).id in shown
    assert triage_words.TIMES.format(n=2).id in shown
    assert "sangat ramah" not in shown
    assert "Toilet &lt;b&gt;kotor" in shown


@pytest.mark.usefixtures("told")
def test_one_click_says_that_it_was_looked_at(open_page: OpenPage, database: Database) -> None:
    case = case_of(database, "waktu")
    app = press(open_page("suara"), "looked", case)
    assert app.toast[0].value == triage_words.SAVED.id
    stands = case_of(database, "waktu")
    assert (stands.state, stands.standing.turn, len(stands.comments)) == (State.LOOKED_AT, 1, 2)
    # What is said again afterwards is new, and decided as before with one click.
    say_it(database, "Antrean lama sekali")
    again = next(c for c in worklist(database).cases if c.before is not None)
    press(open_page("suara"), "again", again)
    assert len(case_of(database, "waktu").comments) == 3


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("state", [State.LOOKED_AT, State.TAKEN_UP, State.DONE, State.NO_COMPLAINT])
def test_the_form_decides_and_the_list_of_that_state_has_it(
    open_page: OpenPage, database: Database, state: State
) -> None:
    app = press(open_page("suara"), "open", case_of(database, "waktu"))
    fill(app, "Kepala <i>Seksi</i>", "Loket ditambah <b>", state)
    assert not save(app).exception
    assert case_of(database, "waktu").standing.decision == Decision(
        state=state, owner="Kepala <i>Seksi</i>", reply=Text("Loket ditambah <b>", "")
    )
    shown = html_of(open_page("suara", keadaan=state.value))
    assert "Antrean lama" in shown
    assert "Loket ditambah &lt;b&gt;" in shown
    assert "Toilet" not in shown


@pytest.mark.usefixtures("told")
def test_a_person_as_owner_and_a_number_in_the_reply_are_refused(
    open_page: OpenPage, database: Database
) -> None:
    app = press(open_page("suara"), "open", case_of(database, "waktu"))
    fill(app, "Budi Santoso, S.Kom", "Hubungi 0812-3456-7890", State.TAKEN_UP)
    app = save(app)
    assert len(app.error) == 2
    assert POSITION_WANTED.id in [error.value for error in app.error]
    assert app.text_area[0].value == "Hubungi 0812-3456-7890"
    assert case_of(database, "waktu").state is State.NEW


@pytest.mark.usefixtures("told")
def test_who_is_overtaken_is_told_and_keeps_what_they_typed(open_page: OpenPage, database: Database) -> None:
    case = case_of(database, "waktu")
    app = press(open_page("suara"), "open", case)
    handling.decide(
        database, ADMIN, "ptsp", case.seen, Decision(state=State.TAKEN_UP, owner="Sekretaris"), NOW
    )
    fill(app, "Kepala Seksi", "Sudah", State.DONE)
    app = save(app)
    assert [error.value for error in app.error] == [OUTDATED.id]
    assert app.text_area[0].value == "Sudah"
    assert case_of(database, "waktu").standing.decision.owner == "Sekretaris"


@pytest.mark.usefixtures("told")
def test_a_click_makes_an_action_and_leads_to_it(open_page: OpenPage, database: Database) -> None:
    app = press(open_page("suara"), "action", case_of(database, "waktu"))
    assert not app.exception
    (made,) = plans.register(database, ADMIN, "ptsp")
    stands = case_of(database, "waktu").standing.decision
    assert (made.action.unsur, stands.action, stands.owner) == ("waktu", made.id, triage_words.HEAD_OF_UNIT)
    assert triage_words.TO_ACTION.id in [str(link.label) for link in app.page_link]
    finished = plans.change(
        database,
        ADMIN,
        "ptsp",
        made,
        Action(
            period=made.action.period, unsur="waktu", plan="Loket", status=Status.DONE, realisation="Sudah"
        ),
        NOW,
    )
    assert finished.revision == 2
    app = press(open_page("suara"), "reply", case_of(database, "waktu"))
    assert triage_words.ACTION_DONE.id in html_of(app)
    assert app.selectbox[-1].value == State.DONE.value


@pytest.mark.usefixtures("told")
def test_without_an_unsur_the_form_asks_for_one(open_page: OpenPage, database: Database) -> None:
    case = case_of(database, None)
    app = press(open_page("suara"), "action", case)
    key = f"unsur-ptsp-{case.seen[0].seq}-0-{Mode.TAKE_UP}"
    app.selectbox(key=key).select_index(2)
    save(app)
    (made,) = plans.register(database, ADMIN, "ptsp")
    assert made.action.unsur == "waktu"
    assert case_of(database, None).state is State.TAKEN_UP


@pytest.mark.usefixtures("told")
def test_a_second_tap_of_the_same_changes_nothing(database: Database) -> None:
    case = case_of(database, "waktu")
    decision = Decision(state=State.NEW, owner="Sekretaris")
    first, second = (
        handling.take_up(database, ADMIN, "ptsp", case.seen, "waktu", decision, NOW) for _ in range(2)
    )
    assert first.id == second.id
    assert case_of(database, "waktu").standing.turn == 1


@pytest.mark.usefixtures("told")
def test_leadership_sees_no_button_and_the_counter_no_list(
    open_page: OpenPage, database: Database, browser: Browser
) -> None:
    browser.act_as(Acting(Role.LEADERSHIP))
    app = open_page("suara")
    assert PREFIX in html_of(app)
    labels = {triage_words.HANDLE.id, triage_words.LOOKED_AT.id, triage_words.MAKE_ACTION.id}
    assert not labels & {b.label for b in app.button}
    browser.act_as(Acting(Role.OPERATOR))
    assert triage_view.STATE.key not in open_page("suara").session_state


def test_the_auditor_is_told_of_no_unit_of_few(
    open_page: OpenPage, database: Database, unit: UnitEntry, browser: Browser
) -> None:
    say_it(database, "Antrean lama sekali")
    browser.act_as(Acting(Role.AUDITOR))
    app = open_page("suara")
    assert PREFIX not in html_of(app)
    say_it(database, *["Antrean lama sekali"] * 4)
    assert PREFIX in html_of(open_page("suara"))


@pytest.mark.usefixtures("told")
def test_the_auditor_reads_no_count_of_a_few(
    open_page: OpenPage, database: Database, browser: Browser
) -> None:
    """One bribe of today, and three complaints that wait too long: fewer than five of each."""
    browser.act_as(Acting(Role.AUDITOR))
    app = open_page("suara")
    few = triage_words.FEW.id
    title = triage_words.URGENT_AND_LATE.format(urgent=few, late=few).id
    assert app.title[0].value == title.capitalize()
    names = next(group.options for group in app.button_group if group.key == triage_view.STATE.key)
    assert names == [f"{triage_words.OPEN.id} 5", f"{triage_words.STATES[State.NEW].id} 5"]
    handling.decide(database, ADMIN, "ptsp", case_of(database, None).seen, NO_COMPLAINT, NOW)
    app = open_page("suara")
    names = next(group.options for group in app.button_group if group.key == triage_view.STATE.key)
    assert names == [
        triage_words.OPEN.id,
        *(triage_words.STATES[state].id for state in (State.NEW, State.NO_COMPLAINT)),
    ]
    shown = html_of(app)
    for told in (
        triage_words.COUNT.format(n=1),
        triage_words.COUNT.format(n=2),
        triage_words.TIMES.format(n=2),
    ):
        assert told.id not in shown
    say_it(database, *["Antrean lama sekali"] * 3, at=EARLIER)
    shown = html_of(open_page("suara"))
    assert triage_words.COUNT.format(n=5).id in shown
    assert triage_words.TIMES.format(n=5).id in shown


@pytest.mark.usefixtures("told")
def test_an_address_leads_to_one_case_with_its_form_open(open_page: OpenPage, database: Database) -> None:
    case = case_of(database, "sarpras")
    app = open_page("suara", kasus=case.key, keadaan="selesai")
    shown = html_of(app)
    assert "Toilet" in shown
    assert PREFIX not in shown
    assert app.text_area
    close = next(b for b in app.button if b.label == triage_words.CLOSE.id)
    assert "kasus" not in close.click().run().query_params
    assert open_page("suara", kasus="ptsp-999").info[0].value == triage_words.GONE.id


@pytest.mark.usefixtures("told")
def test_every_comment_leads_who_may_to_its_case_or_proposal(
    open_page: OpenPage, database: Database, browser: Browser
) -> None:
    shown = html_of(open_page("suara", lihat="semua"))
    seq = case_of(database, "sarpras").seqs[0]
    assert f'href="/suara?unit=ptsp&amp;kasus=ptsp-{seq}"' in shown
    assert 'href="/tindak-lanjut?unit=ptsp&amp;period=2026-TW4&amp;usul=perilaku"' in shown
    browser.act_as(Acting(Role.LEADERSHIP))
    assert "usul=" not in html_of(open_page("suara", lihat="semua"))


def test_each_standing_has_its_sentence(database: Database, unit: UnitEntry) -> None:
    assert triage_view.headline(worklist(database)) == triage_words.NOTHING.format(since="Agustus 2026")
    say_it(database, "Antrean lama sekali")
    assert triage_view.headline(worklist(database)) == triage_words.IN_TIME.format(n=1)
    case = case_of(database, "waktu")
    no_complaint = Decision(state=State.NO_COMPLAINT)
    handling.decide(database, ADMIN, "ptsp", case.seen, no_complaint, NOW)
    assert triage_view.headline(worklist(database)) == triage_words.NONE_LEFT
    say_it(database, "Toilet kotor", at=EARLIER)
    assert triage_view.headline(worklist(database)) == triage_words.LATE_ONLY.format(n=1, late=1)
    done = Decision(state=State.DONE, reply=Text("Sudah kami bersihkan.", ""))
    handling.decide(database, ADMIN, "ptsp", case_of(database, "sarpras").seen, done, NOW)
    assert triage_view.headline(worklist(database)) == triage_words.ALL_DONE.format(done=1)


@pytest.mark.usefixtures("told")
def test_who_decides_as_the_last_time_has_read_the_reply(open_page: OpenPage, database: Database) -> None:
    done = Decision(state=State.DONE, reply=Text("Loket <i>ketiga</i> dibuka.", ""))
    handling.decide(database, ADMIN, "ptsp", case_of(database, "waktu").seen, done, NOW)
    say_it(database, "Antrean lama sekali")
    app = open_page("suara")
    told = triage_words.BEFORE_REPLY.format(state="selesai", reply="Loket &lt;i&gt;ketiga&lt;/i&gt; dibuka.")
    assert told.id in html_of(app)


@pytest.mark.usefixtures("told")
def test_a_new_complaint_of_a_late_matter_is_not_late_itself(open_page: OpenPage, database: Database) -> None:
    say_it(database, "Antrean lama sekali", "Antrean lama sekali")
    title = open_page("suara").title[0].value
    assert title == triage_words.URGENT_AND_LATE.format(urgent=1, late=3).id
