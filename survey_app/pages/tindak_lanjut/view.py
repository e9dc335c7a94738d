"""The register of follow-up on screen: what is proposed, what was taken up, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import streamlit as st

from analytics import Period
from survey_app import instruments
from survey_app.instruments import Element, Instrument
from survey_app.reports.unit.follow_up_chapter import RANGE, STATUS, unsur_name
from survey_app.services.follow_up import effect, plans
from survey_app.services.follow_up.actions import OPEN, Action
from survey_app.services.follow_up.effect import Movement
from survey_app.services.follow_up.plans import Registered
from survey_app.services.ikm import results
from survey_app.services.ikm.insight import lowest
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action as May
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import acting, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, sureness, terms
from survey_app.wording.voice import Voice

EMPTY = Text(
    "Belum ada tindak lanjut. Terima usul di atas sebagai konsep, lalu isi rencana, waktu, dan "
    "penanggung jawabnya.",
    "There is no follow-up yet. Accept a proposal above as a draft, then fill in the plan, when it is "
    "due and who is responsible.",
)
#: In the address: an unsur that a page, a comment or an alarm proposes.
PROPOSED = "usul"
NO_PLAN = Text("Konsep: rencana belum diisi", "Draft: no plan yet")
NOT_MEASURED_AGAIN = Text("belum diukur lagi", "not measured again yet")


def show_proposals(
    database: Database, entry: UnitEntry, register: Sequence[Registered], last: Period, kind: str
) -> None:
    """The lowest unsur of the last measured period that nobody has taken up, each with one button."""
    result = _last_measured(database, entry, Period.containing(last.first_day, kind))
    period = result.period
    taken = {r.action.unsur for r in register if r.action.period == period}
    elements = _named_first(result, lowest(result))
    free = [element for element in elements if element.key not in taken]
    name = periods.name(period, language())
    st.header(t("Usul berdasarkan hasil {p}", "Proposals from the results of {p}", p=name), anchor=False)
    if not elements:
        st.info(
            t(
                "Data belum cukup untuk menentukan unsur prioritas. Tambah responden dahulu.",
                "There are not enough data to choose priorities. More respondents are needed first.",
            )
        )
    elif not free:
        st.markdown(
            t(
                "Ketiga unsur terendah sudah masuk daftar.",
                "The three lowest service elements are already in the register.",
            )
        )
    for element in free:
        _proposal(database, result, element)


def show_register(database: Database, entry: UnitEntry, register: Sequence[Registered], last: Period) -> None:
    """Every action as it stands, with the unsur before and now; `last` is the last month with answers."""
    st.header(t("Daftar tindak lanjut", "Follow-up register"), anchor=False)
    if not register:
        st.info(say(EMPTY))
        return
    moved = effect.since(database, entry.unit.code, [r.action for r in register], last)
    columns = [
        say(terms.UNSUR),
        t("Rencana", "Plan"),
        t("Waktu", "When"),
        "Status",
        t("NRR sebelum → kini", "NRR before → now"),
        t("Jelas naik?", "Clearly up?"),
    ]
    elements = all_elements(instruments.get(entry.unit.instrument))
    today = runtime.today(entry.unit.time_zone)
    rows = [_row(r, m, elements, today) for r, m in reversed(list(zip(register, moved, strict=True)))]
    if not acting.who().may(May.SEE_INSIDE):
        # The values before and now may be of a few people.
        st.html(tables.table(columns[:-2], [row[:-2] for row in rows]))
        return
    st.html(tables.table(columns, rows))
    st.caption(
        t(
            "Dalam kurung: selang kepercayaan 95% untuk selisihnya. Unsur masuk daftar karena "
            "nilainya rendah, sehingga sebagian kenaikan dapat terjadi tanpa tindakan. Kenaikan tidak "
            "membuktikan bahwa tindakan itu penyebabnya.",
            "In brackets: the 95% confidence interval of the difference. Service elements are listed "
            "here because they were low, so part of a rise can happen without any action. A rise does not "
            "prove that the action caused it.",
        )
    )


def all_elements(first: Instrument) -> tuple[Element, ...]:
    """The unsur of `first`, then those of every other questionnaire: an old action may be about one."""
    others = (i for i in instruments.published().values() if i.ref != first.ref)
    return (*first.elements, *(element for other in others for element in other.elements))


def _last_measured(database: Database, entry: UnitEntry, last: Period) -> UnitResult:
    """The result of the last period that is over and was measured; of the running one before there is any."""
    result = results.unit_result(database, entry.unit.code, last, within=acting.who().scope)
    if last.end_day > runtime.today(entry.unit.time_zone) and result.trend[-2].moments.n:
        return results.unit_result(database, entry.unit.code, last.shift(-1), within=acting.who().scope)
    return result


def _named_first(result: UnitResult, elements: Sequence[Element]) -> Sequence[Element]:
    """The unsur that the address proposes, where it was measured, before the others."""
    wanted = st.query_params.get(PROPOSED)
    named = [
        e
        for e, found in zip(result.instrument.elements, result.score.unsur, strict=True)
        if e.key == wanted and found.exact is not None
    ]
    return [*named, *(e for e in elements if e.key != wanted)]


def _proposal(database: Database, result: UnitResult, element: Element) -> None:
    code, period, now = result.entry.unit.code, result.period, runtime.now()
    unsur = result.score.unsur[result.instrument.keys.index(element.key)]
    name = f"{element.number} {say(element.name)}"
    value = numbers.decimal(unsur.exact, language())
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name}**  \nNRR {value}, n {numbers.whole(unsur.n, language())}", width="stretch")
        if acting.who().may(May.CHANGE_FOLLOW_UP) and st.button(
            t("Terima sebagai konsep", "Accept as a draft"), key=f"accept-{period}-{element.key}"
        ):
            done = t(
                "{name} ditambahkan ke daftar tindak lanjut.",
                "{name} has been added to the register.",
                name=name,
            )
            acting.act(lambda: _accept(database, code, period, element.key, now), done)


def _accept(database: Database, code: str, period: Period, unsur: str, now: datetime) -> None:
    plans.accept(database, acting.who(), code, period, unsur, now)


def _row(
    registered: Registered, moved: Movement, elements: Sequence[Element], today: date
) -> list[tables.Cell]:
    action, lang = registered.action, language()
    name = unsur_name(elements, action.unsur, Voice(lang))
    plan = action.plan or say(NO_PLAN)
    status = say(STATUS[action.status])
    public = t("tampil untuk umum", "shown to the public") if action.published else ""
    return [
        tables.Noted(name, periods.short(action.period, lang)),
        tables.Noted(plan, action.responsible),
        _when(action, today),
        tables.Noted(status, public),
        _values(moved),
        _judged(moved),
    ]


def _when(action: Action, today: date) -> tables.Cell:
    if action.due is None:
        return numbers.UNDEFINED
    late = action.status in OPEN and action.due.end_day <= today
    shown = periods.short(action.due, language())
    return tables.Noted(shown, t("lewat tenggat", "overdue")) if late else shown


def _values(moved: Movement) -> tables.Cell:
    lang = language()
    after = None if moved.after is None else moved.after.exact
    shown = f"{numbers.decimal(moved.before.exact, lang)} → {numbers.decimal(after, lang)}"
    return shown if moved.until is None else tables.Noted(shown, periods.short(moved.until, lang))


def _judged(moved: Movement) -> tables.Cell:
    lang = language()
    if moved.until is None:
        return say(NOT_MEASURED_AGAIN)
    if moved.change is None or moved.change.value is None:
        return t("tidak dapat dibandingkan", "cannot be compared")
    amount = numbers.signed(moved.change.value, lang)
    if moved.change.interval is not None:
        low, high = (numbers.limit(end, lang) for end in moved.change.interval)
        amount += say(RANGE.format(low=low, high=high))
    words = say(sureness.answer(moved.change))
    return tables.Noted(words[0].upper() + words[1:], amount)
