"""Choosing where and when: agency, unit, service and period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from analytics import AnalyticsError, Period
from analytics.comparison import Method
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Reach, Scope
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import guards
from survey_app.ui.acting import who
from survey_app.ui.plain import plain
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import periods

METHODS: dict[Method, Text] = {
    Method.MEAN_OF_UNITS: Text("Rata-rata nilai unit", "Mean of unit scores"),
    Method.POOLED: Text("Semua responden digabung", "All respondents pooled"),
    Method.BY_VOLUME: Text(
        "Ditimbang menurut jumlah pengguna layanan", "Weighted by number of service users"
    ),
}
CLOSED = Text(
    "Survei di unit ini belum dibuka. Terima kasih atas kesediaan Anda.",
    "The survey for this unit is not open yet. Thank you for your interest.",
)
ENDED = Text(
    "Survei untuk unit ini sudah ditutup. Terima kasih atas kesediaan Anda.",
    "The survey for this unit has closed. Thank you for your interest.",
)
NO_SERVICE = Text(
    "Unit ini belum memiliki layanan yang aktif. Aktifkan layanan di Pengaturan.",
    "This unit has no active service yet. Activate one in Settings.",
)
AGENCY = Text("Instansi", "Agency")
UNIT = Text("Unit layanan", "Service unit")
EVERY_SERVICE = Text("Semua layanan", "All services")
SERVICE = Text("Layanan", "Service")
SCOPE = Text("Lingkup", "Scope")
METHOD = Text("Cara menggabungkan", "How units are combined")
KIND = Text("Jenis periode", "Kind of period")
PERIOD = Text("Periode", "Period")


def choose_unit(database: Database) -> None:
    """For a citizen: agency, then unit; the choice goes into the address."""
    entries = catalogue.list_units(database, PROVINCE)
    if not entries:
        guards.explain_no_units()
        return
    agencies = _agency_names(entries)
    agency = _pick(say(AGENCY), agencies, "survey-agency")
    if agency is None:
        return
    units = {e.unit.code: e.unit.name for e in entries if e.agency.code == agency}
    unit = _pick(say(UNIT), units, "survey-unit")
    if unit is not None and st.button(t("Mulai", "Begin"), type="primary"):
        st.query_params["unit"] = unit
        st.rerun()


def choose_service(entry: UnitEntry, code: str | None) -> Service | None:
    """The service of that code, the only one in use, or the one the citizen chooses."""
    active = {s.code: s for s in entry.services if s.active}
    code = catalogue.as_code(code or "")
    if not entry.unit.active:
        st.info(say(ENDED))
        return None
    if not active:
        st.info(say(CLOSED))
        return None
    if code in active or (not code and len(active) == 1):
        return active.get(code) or next(iter(active.values()))
    if code:
        # Another service is never taken for the one in the address.
        told = t(
            "Maaf, survei untuk layanan {code} tidak ditemukan atau sudah ditutup. Silakan "
            "pilih layanan lain.",
            "Sorry, no open survey was found for the service {code}. Please choose another service.",
            code=plain(code),
        )
        st.warning(told)
    chosen = st.pills(
        t("Layanan apa yang Anda terima?", "Which service did you receive?"),
        list(active),
        format_func=lambda c: plain(active[c].name),
        key="survey-service",
    )
    return None if chosen is None else active[chosen]


def filter_unit(entries: Sequence[UnitEntry], wanted: str | None) -> UnitEntry:
    """For staff: agency, then unit, beginning with the unit `wanted`; kept from page to page."""
    first = next((e for e in entries if e.unit.code == catalogue.as_code(wanted or "")), entries[0])
    agencies = _agency_names(entries)
    agency = _keep(say(AGENCY), agencies, first.agency.code, "result-agency")
    units = {e.unit.code: e for e in entries if e.agency.code == agency}
    names = {code: e.unit.name for code, e in units.items()}
    return units[_keep(say(UNIT), names, first.unit.code, "result-unit")]


def filter_service(entry: UnitEntry, wanted: str | None = None) -> Service | None:
    """One service of the unit, beginning with `wanted` where it has it, or None for all of them."""
    names = {"": say(EVERY_SERVICE)} | {s.code: s.name for s in entry.services}
    first = catalogue.as_code(wanted or "")
    code = _keep(say(SERVICE), names, first, f"result-service-{entry.unit.code}")
    return next((s for s in entry.services if s.code == code), None)


def filter_active_service(entry: UnitEntry) -> Service | None:
    """One service of the unit that takes answers, the first unless chosen; None when there is none."""
    active = [s for s in entry.services if s.active]
    if not active:
        st.info(say(NO_SERVICE))
        return None
    names = {s.code: s.name for s in active}
    code = _keep(say(SERVICE), names, active[0].code, f"active-service-{entry.unit.code}")
    return next(s for s in active if s.code == code)


def filter_scope(entries: Sequence[UnitEntry]) -> Scope:
    """The whole province or one agency; who sees less than that has nothing to choose."""
    within = who().scope
    if within.reach is not Reach.PROVINCE:
        return _own(entries, within)
    names = {"": t("Seluruh provinsi", "The whole province")} | _agency_names(entries)
    return Scope(agency=_keep(say(SCOPE), names, "", "scope-agency") or None)


def filter_agency_or_unit(entries: Sequence[UnitEntry], wanted: str | None) -> Scope:
    """The whole province, one agency, or one of its units; beginning with the unit `wanted`.

    Of who sees one agency, its units only; who sees one unit has nothing to choose.
    """
    wanted, within = catalogue.as_code(wanted or ""), who().scope
    if within.reach is Reach.UNIT:
        return _own(entries, within)
    first = next((e for e in entries if e.unit.code == wanted), None)
    agency = within.agency
    if agency is None:
        agencies = {"": t("Seluruh provinsi", "The whole province")} | _agency_names(entries)
        agency = _keep(say(SCOPE), agencies, first.agency.code if first else "", "scope-agency")
    if not agency:
        return Scope()
    units = {e.unit.code: e.unit.name for e in entries if e.agency.code == agency}
    names = {"": t("Semua unit", "All units")} | units
    unit = _keep(say(UNIT), names, wanted, f"scope-unit-{agency}")
    return Scope(agency=agency, unit=unit or None).narrowed(within)


def _own(entries: Sequence[UnitEntry], within: Scope) -> Scope:
    """The agency or unit that somebody sees; a unit with its agency, which has a name."""
    agency = next((e.agency.code for e in entries if within.covers(e)), within.agency)
    return Scope(agency=agency).narrowed(within)


def choose_method(methods: Sequence[Method]) -> Method:
    """How unit values become one."""
    chosen = _keep(
        say(METHOD),
        {m.value: say(METHODS[m]) for m in methods},
        Method.MEAN_OF_UNITS.value,
        f"method-{len(methods)}",
    )
    return Method(chosen)


def choose_kind(kind: str = "quarter") -> str:
    """A kind of period, kept from page to page."""
    kinds = list(periods.KINDS)
    return st.selectbox(
        say(KIND),
        kinds,
        index=kinds.index(kind),
        format_func=lambda k: say(periods.KINDS[k]),
        key=said_anew("period-kind"),
        persist_state="session",
    )


def choose_period(first: Period, last: Period, wanted: str | None = None) -> Period:
    """A kind of period, and one that lies between the first and the last month with answers.

    Begins with the period `wanted` (2026-TW3) where there is one, else with the newest quarter.
    """
    named = _named_period(wanted)
    chosen = choose_kind(named.kind) if named else choose_kind()
    offered = periods.choices(first.first_day, last.first_day, chosen)
    return _period(offered, offered.index(named) if named in offered else 0, f"period-{chosen}")


def names_nothing(
    entry: UnitEntry, first: Period, last: Period, service: str | None, period: str | None
) -> bool:
    """Whether an address names a service that the unit does not have, or a period that is not offered."""
    if service and catalogue.as_code(service) not in {s.code for s in entry.services}:
        return True
    named = _named_period(period)
    if not period or named is None:
        return bool(period)
    return named not in periods.choices(first.first_day, last.first_day, named.kind)


def _named_period(text: str | None) -> Period | None:
    try:
        return None if text is None else Period.parse(text)
    except AnalyticsError:
        return None


def choose_finished(first: Period, last: Period, today: date) -> Period:
    """As `choose_period`, beginning with the newest period that is over: what one publishes."""
    chosen = choose_kind()
    offered = periods.choices(first.first_day, last.first_day, chosen)
    return _period(offered, periods.last_over(offered, today), f"finished-{chosen}")


def _period(offered: Sequence[Period], index: int, key: str) -> Period:
    return st.selectbox(
        say(PERIOD),
        offered,
        index=index,
        format_func=lambda p: periods.name(p, language()),
        key=said_anew(key),
        persist_state="session",
    )


def _agency_names(entries: Sequence[UnitEntry]) -> dict[str, str]:
    return {e.agency.code: e.agency.name for e in entries}


def _keep(label: str, names: Mapping[str, str], first: str, key: str) -> str:
    """Choose a code by its name. Codes, not objects: a widget gives back the object it was first shown."""
    codes = list(names)
    index = codes.index(first) if first in names else 0
    return st.selectbox(
        label, codes, index=index, format_func=lambda c: names[c], key=said_anew(key), persist_state="session"
    )


def _pick(label: str, names: Mapping[str, str], key: str) -> str | None:
    """As `_keep`, but nothing is chosen until the person does, unless there is only one."""
    return st.selectbox(
        label,
        list(names),
        index=0 if len(names) == 1 else None,
        format_func=lambda c: names[c],
        placeholder=t("Pilih", "Choose"),
        key=said_anew(key),
    )
