"""One case on screen: what is said and how often, how long it waits, and what can be done with one click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from analytics.disclosure import is_few
from survey_app import days
from survey_app.pages.suara import case_form, triage_words
from survey_app.pages.suara.evidence import URGENT_WORDS
from survey_app.reports.unit.follow_up_chapter import STATUS
from survey_app.services.complaints import handling
from survey_app.services.complaints.case import Case, Saying, Waiting
from survey_app.services.complaints.decision import Decision, State
from survey_app.services.follow_up.actions import Status
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.ui import acting, moves
from survey_app.ui.words import language, say
from survey_app.wording import numbers

#: So many wordings stand on the card; the others are a click away.
_SAYINGS = 3


def show(
    database: Database,
    case: Case,
    names: Mapping[str | None, str],
    *,
    may: bool,
    inside: bool,
    named: bool,
) -> None:
    """The card, and below it what can be done by who `may`; `named`: the address is of this case.

    Args:
        inside: whether who reads sees what stays inside; else no count of a few is told.
    """
    with st.container(key=f"matter-{'named-' if named else ''}{case.key}"):
        st.html(_card(case, names, whole=named, inside=inside))
        acting.tell_troubles(case.key)
        if not may:
            _link_to_action(case)
            return
        opened = case_form.opened(case)
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            if opened is None:
                handle = say(triage_words.HANDLE)
                st.button(handle, key=f"open-{case.key}", on_click=case_form.open_, args=(case,))
            _buttons(database, case)
            _link_to_action(case)
        if opened is not None:
            case_form.show(database, case, opened)


def _buttons(database: Database, case: Case) -> None:
    """At most two things that need no more than a click."""
    known = case.standing.decision
    if case.before is not None:
        again = case.before
        _at_once(database, case, say(triage_words.SAME_AGAIN), "again", again)
    elif case.state is State.NEW:
        looked_at = replace(known, state=State.LOOKED_AT)
        _at_once(database, case, say(triage_words.LOOKED_AT), "looked", looked_at)
    if _action_is_done(case) and case.state is State.TAKEN_UP:
        reply = (case, case_form.Mode.REPLY)
        label = say(triage_words.GIVE_REPLY)
        st.button(label, key=f"reply-{case.key}", on_click=case_form.open_, args=reply)
    elif case.state in (State.NEW, State.LOOKED_AT):
        st.button(
            say(triage_words.MAKE_ACTION),
            key=f"action-{case.key}",
            on_click=_make_action,
            args=(database, case),
        )


def _at_once(database: Database, case: Case, label: str, name: str, decision: Decision) -> None:
    st.button(label, key=f"{name}-{case.key}", on_click=_decide, args=(database, case, decision))


def _decide(database: Database, case: Case, decision: Decision) -> None:
    code = case.entry.unit.code
    acting.at_tap(
        lambda: handling.decide(database, acting.who(), code, case.seen, decision, runtime.now()),
        say(triage_words.SAVED),
        case.key,
    )
    case_form.close(case)


def _make_action(database: Database, case: Case) -> None:
    """At once where an unsur is named; else the form asks for it."""
    if case.unsur is None:
        case_form.open_(case, case_form.Mode.TAKE_UP)
        return
    known, unsur, code = case.standing.decision, case.unsur, case.entry.unit.code
    owned = replace(known, owner=known.owner or triage_words.HEAD_OF_UNIT)
    acting.at_tap(
        lambda: handling.take_up(database, acting.who(), code, case.seen, unsur, owned, runtime.now()),
        say(triage_words.TAKEN_UP),
        case.key,
    )
    case_form.close(case)


def _link_to_action(case: Case) -> None:
    if case.follow_up is not None:
        query = {"unit": case.entry.unit.code, "tindakan": str(case.standing.decision.action)}
        moves.link("tindak-lanjut", say(triage_words.TO_ACTION), query)


def _action_is_done(case: Case) -> bool:
    return case.follow_up is not None and case.follow_up.status is Status.DONE


def _card(case: Case, names: Mapping[str | None, str], *, whole: bool, inside: bool) -> str:
    state = (
        f'<span class="cs-state cs-{case.state.value}">{escape(say(triage_words.STATES[case.state]))}</span>'
    )
    unsur = escape(names.get(case.unsur, case.unsur or ""))
    n = len(case.comments)
    count = escape(say(triage_words.COUNT.format(n=numbers.whole(n, language())))) if _told(n, inside) else ""
    place = escape(" · ".join(filter(None, (case.entry.unit.name, _service(case)))))
    first = case.sayings if whole else case.sayings[:_SAYINGS]
    said = _list(first, inside) + _others(case.sayings[len(first) :], inside)
    return (
        f'<article class="cs-card">{_urgent(case)}<p class="cs-head">{state} <b>{unsur}</b> '
        f'<span class="num">{count}</span></p><p class="s">{place}</p>{said}{_facts(case)}</article>'
    )


def _urgent(case: Case) -> str:
    if not case.urgent:
        return ""
    what = ", ".join(say(URGENT_WORDS[key]) if key in URGENT_WORDS else key for key in case.urgent)
    told = escape(say(triage_words.URGENT.format(what=what)))
    return f'<p class="cs-urgent"><i class="cs-i" aria-hidden="true">!</i> {told}</p>'


def _service(case: Case) -> str:
    """The service, where the unit has more than one."""
    services = case.entry.services
    return (
        next((s.name for s in services if s.code == case.service), case.service) if len(services) > 1 else ""
    )


def _told(n: int, inside: bool) -> bool:
    return inside or not is_few(n)


def _list(sayings: Sequence[Saying], inside: bool) -> str:
    return f"<ul>{''.join(_saying(saying, inside) for saying in sayings)}</ul>"


def _saying(saying: Saying, inside: bool) -> str:
    often = f' <span class="s num">{escape(say(triage_words.TIMES.format(n=saying.count)))}</span>'
    return (
        f"<li>“{escape(saying.text)}”{often if saying.count > 1 and _told(saying.count, inside) else ''}</li>"
    )


def _others(sayings: Sequence[Saying], inside: bool) -> str:
    if not sayings:
        return ""
    told = escape(say(triage_words.OTHERS.format(n=len(sayings))))
    return f"<details><summary>{told}</summary>{_list(sayings, inside)}</details>"


def _facts(case: Case) -> str:
    known, lines = case.standing.decision, []
    if case.waiting is not None:
        lines.append(_waits(case.waiting))
        owner = triage_words.OWNER.format(who=known.owner) if known.owner else triage_words.NO_OWNER
        lines.append(escape(say(owner)))
    if known.reply.id:
        lines.append(escape(say(triage_words.REPLY.format(reply=say(known.reply)))))
    if case.follow_up is not None:
        plan, status = case.follow_up.plan or say(triage_words.DRAFT), STATUS[case.follow_up.status]
        lines.append(escape(say(triage_words.ACTION.format(plan=plan, status=say(status).lower()))))
    if _action_is_done(case) and case.state is State.TAKEN_UP:
        lines.append(escape(say(triage_words.ACTION_DONE)))
    if case.before is not None:
        state = say(triage_words.STATES[case.before.state]).lower()
        # Who decides alike by one click sends this reply: it is read before.
        before = triage_words.BEFORE_REPLY if case.before.reply.id else triage_words.BEFORE
        lines.append(escape(say(before.format(state=state, reply=say(case.before.reply)))))
    return "".join(f'<p class="cs-fact">{line}</p>' for line in lines)


def _waits(waiting: Waiting) -> str:
    date = days.short_day(waiting.since, language())
    if not waiting.late:
        told = triage_words.SINCE.format(date=date, n=waiting.days, limit=waiting.limit)
        return escape(say(told))
    told = triage_words.LATE.format(date=date, late=waiting.late)
    return f'<b class="late"><i class="cs-i" aria-hidden="true">!</i> {escape(say(told))}</b>'
