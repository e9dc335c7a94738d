"""Schedules on screen: which there are, pausing one, adding one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from analytics import Period
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import PROVINCE, Reach, Scope
from survey_app.services.schedules import ordered
from survey_app.storage.database import Database
from survey_app.storage.schedules import Report, Schedule
from survey_app.text import LANGUAGES, Text
from survey_app.ui.acting import act, who
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import periods

_REPORTS = {Report.SKM: "SKM", Report.IP_ASN: "IP ASN"}
#: How far back a schedule may begin, in periods of its kind.
_BACK = {"month": 24, "quarter": 8, "semester": 6, "year": 5}
NO_SCHEDULE = Text(
    "Belum ada jadwal. Isi pilihan di bawah, lalu tekan Tambah jadwal.",
    "There is no schedule yet. Make your choices below, then press Add the schedule.",
)
NONE_HERE = Text(
    "Belum ada jadwal di lingkup Anda. Jadwal diatur oleh admin provinsi.",
    "There is no schedule in your scope yet. The provincial administrator sets schedules.",
)
PROVINCE_NAME = Text("Seluruh provinsi", "The whole province")


def show(database: Database, entries: Sequence[UnitEntry], now: datetime) -> None:
    """Every schedule with its switch, and the form for another."""
    known, may_order = ordered.every(database, who().scope), who().may(Action.ORDER_REPORTS)
    if not known:
        st.info(say(NO_SCHEDULE if may_order else NONE_HERE))
    for schedule in known:
        _row(database, schedule, entries, may_order)
    if not may_order:
        return
    with st.expander(t("Tambah jadwal", "Add a schedule"), expanded=not known):
        _add(database, entries, now)


def subject(schedule: Schedule, entries: Sequence[UnitEntry]) -> Text:
    """The name of the unit or agency, or the whole province; with IP ASN before it where that is reported."""
    place = _place(schedule, entries)
    return Text("IP ASN · {place}", "IP ASN · {place}").format(place=place) if _of_staff(schedule) else place


def _of_staff(schedule: Schedule) -> bool:
    return schedule.report is Report.IP_ASN


def _place(schedule: Schedule, entries: Sequence[UnitEntry]) -> Text:
    if schedule.unit is not None:
        name = next((e.unit.name for e in entries if e.unit.code == schedule.unit), schedule.unit)
    elif schedule.agency is not None:
        name = next((e.agency.name for e in entries if e.agency.code == schedule.agency), schedule.agency)
    else:
        return PROVINCE_NAME
    return Text(name, name)


def _row(database: Database, schedule: Schedule, entries: Sequence[UnitEntry], may_order: bool) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.html(f"<strong>{escape(say(subject(schedule, entries)))}</strong><br>{escape(_about(schedule))}")
        active = st.toggle(
            t("Aktif", "Active"), schedule.active, key=f"schedule-{schedule.id}", disabled=not may_order
        )
    if active != schedule.active:
        done = (
            t("Jadwal dilanjutkan.", "Schedule resumed.")
            if active
            else t("Jadwal dijeda.", "Schedule paused.")
        )
        act(lambda: ordered.set_active(database, who(), schedule.id, active), done)


def _about(schedule: Schedule) -> str:
    words = t(
        "Setiap {kind} sejak {since}",
        "Every {kind} since {since}",
        kind=say(periods.KINDS[schedule.kind]).lower(),
        since=periods.name(schedule.since, language()),
    )
    return f"{words} · English" if schedule.language == "en" else words


def _add(database: Database, entries: Sequence[UnitEntry], now: datetime) -> None:
    scope = _scope(entries)
    report = st.segmented_control(
        t("Isi laporan", "What it reports"),
        list(_REPORTS),
        default=Report.SKM,
        required=True,
        format_func=lambda r: _REPORTS[r],
        key="schedule-report",
    )
    kind = "year" if report is Report.IP_ASN else _kind()
    running = ordered.current(database, scope, kind, now)
    since = st.selectbox(
        t("Periode pertama", "First period"),
        [running.shift(-back) for back in range(_BACK[kind] + 1)],
        format_func=lambda p: _first(p, running),
        key=said_anew(f"schedule-since-{kind}"),
    )
    chosen = st.segmented_control(
        t("Bahasa laporan", "Language of the report"),
        list(LANGUAGES),
        default="id",
        required=True,
        format_func=lambda code: LANGUAGES[code],
        key="schedule-language",
    )
    if st.button(t("Tambah jadwal", "Add the schedule"), type="primary", key="schedule-add"):
        done = t("Jadwal ditambahkan.", "Schedule added.")
        act(lambda: ordered.add(database, who(), scope, chosen, since, report), done)


def _kind() -> str:
    return st.segmented_control(
        t("Setiap", "Every"),
        list(periods.KINDS),
        default="month",
        required=True,
        format_func=lambda k: say(periods.KINDS[k]),
        key="schedule-kind",
    )


def _scope(entries: Sequence[UnitEntry]) -> Scope:
    """A unit, an agency or the province."""
    kinds = {"unit": t("Unit", "Unit"), "agency": t("Instansi", "Agency"), "": t("Provinsi", "Province")}
    if who().scope.reach is Reach.UNIT:
        del kinds["agency"]
    if who().scope.reach is not Reach.PROVINCE:
        del kinds[""]
    kind = st.segmented_control(
        t("Laporan tentang", "Report about"),
        list(kinds),
        default="unit",
        required=True,
        format_func=lambda k: kinds[k],
        key="schedule-scope",
    )
    if not kind:
        return PROVINCE
    names = {getattr(e, kind).code: getattr(e, kind).name for e in entries}
    code = st.selectbox(kinds[kind], list(names), format_func=lambda c: names[c], key=f"schedule-{kind}")
    return Scope(unit=code) if kind == "unit" else Scope(agency=code)


def _first(period: Period, running: Period) -> str:
    name = periods.name(period, language())
    return f"{name} ({t('sedang berjalan', 'running')})" if period == running else name
