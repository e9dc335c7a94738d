"""Choosing where and when: agency, unit, service and period."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

import streamlit as st

from analytics import AnalyticsError, Period
from analytics.comparison import Method
from survey_app.services.places import catalogue
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Reach, Scope
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import address, guards
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


def filter_unit(entries: Sequence[UnitEntry]) -> UnitEntry:
    """For staff: agency, then unit, beginning with the unit in the address, or the first.

    Another agency is its first unit: only the unit stands in the address.
    """
    chosen = named_unit(entries) or entries[0]
    if len({e.agency.code for e in entries}) > 1:
        agencies = _agency_names(entries)
        current = chosen.agency.code
        agency = address.held(
            say(AGENCY), agencies, "result-agency", current, lambda c: _begin_with(entries, c)
        )
        if agency != current:
            chosen = next(e for e in entries if e.agency.code == agency)
    units = {e.unit.code: e for e in entries if e.agency.code == chosen.agency.code}
    if len(units) == 1:
        return chosen
    names = {code: e.unit.name for code, e in units.items()}
    return units[address.held(say(UNIT), names, "result-unit", chosen.unit.code, _name_unit)]


def named_unit(entries: Sequence[UnitEntry]) -> UnitEntry | None:
    """The unit that the address names, if it is one of these."""
    wanted = catalogue.as_code(st.query_params.get("unit", ""))
    return next((e for e in entries if e.unit.code == wanted), None)


def _begin_with(entries: Sequence[UnitEntry], agency: str) -> None:
    _name_unit(next(e.unit.code for e in entries if e.agency.code == agency))


def _name_unit(code: str) -> None:
    """Of another unit, the service in the address says nothing."""
    address.put("unit", code)
    address.put("service", None)


def filter_service(entry: UnitEntry) -> Service | None:
    """One service of the unit, the one in the address where it has it, or None for all of them."""
    names = {"": say(EVERY_SERVICE)} | {s.code: s.name for s in entry.services}
    place = address.Place(name="service", key=f"result-service-{entry.unit.code}")
    code = address.select(say(SERVICE), names, place)
    return next((s for s in entry.services if s.code == code), None)


def filter_active_service(entry: UnitEntry) -> Service | None:
    """One service of the unit that takes answers, the first unless chosen; None when there is none."""
    active = [s for s in entry.services if s.active]
    if not active:
        st.info(say(NO_SERVICE))
        return None
    place = address.Place(name="service", key=f"active-service-{entry.unit.code}")
    code = address.select(say(SERVICE), {s.code: s.name for s in active}, place)
    return next(s for s in active if s.code == code)


def filter_scope(entries: Sequence[UnitEntry]) -> Scope:
    """The whole province or one agency; who sees less than that has nothing to choose."""
    within = who().scope
    if within.reach is not Reach.PROVINCE:
        return _own(entries, within)
    return Scope(agency=_choose_agency(entries, st.query_params.get("agency", "")) or None)


def filter_agency_or_unit(entries: Sequence[UnitEntry]) -> Scope:
    """The whole province, one agency, or one of its units; the unit in the address before the agency there.

    Of who sees one agency, its units only; who sees one unit has nothing to choose.
    """
    within = who().scope
    if within.reach is Reach.UNIT:
        return _own(entries, within)
    named, agency = named_unit(entries), within.agency
    if agency is None:
        asked = named.agency.code if named else st.query_params.get("agency", "")
        agency = _choose_agency(entries, asked)
    if not agency:
        return Scope()
    units = {e.unit.code: e.unit.name for e in entries if e.agency.code == agency}
    current = named.unit.code if named is not None and named.unit.code in units else ""
    names = {"": t("Semua unit", "All units")} | units
    unit = address.held(say(UNIT), names, f"scope-unit-{agency}", current, partial(_name_unit_of, agency))
    return Scope(agency=agency, unit=unit or None).narrowed(within)


def _choose_agency(entries: Sequence[UnitEntry], asked: str) -> str:
    """One of the agencies, or none of them for all."""
    names = {"": t("Seluruh provinsi", "The whole province")} | _agency_names(entries)
    current = asked if asked in names else ""
    return address.held(say(SCOPE), names, "scope-agency", current, _name_agency)


def _name_agency(code: str) -> None:
    address.put("agency", code)
    _name_unit("")


def _name_unit_of(agency: str, code: str) -> None:
    """All units of an agency are named by the agency."""
    _name_agency(agency)
    _name_unit(code)


def _own(entries: Sequence[UnitEntry], within: Scope) -> Scope:
    """The agency or unit that somebody sees; a unit with its agency, which has a name."""
    agency = next((e.agency.code for e in entries if within.covers(e)), within.agency)
    return Scope(agency=agency).narrowed(within)


def asked_method(methods: Sequence[Method]) -> Method:
    """What `choose_method` answers, where it is drawn elsewhere or not at all."""
    return Method(address.asked(_METHOD, methods, Method.MEAN_OF_UNITS))


def choose_method(methods: Sequence[Method]) -> Method:
    """How unit values become one."""
    names = {m.value: say(METHODS[m]) for m in methods}
    place = address.Place(name=_METHOD, key=f"method-{len(methods)}")
    return Method(address.select(say(METHOD), names, place, Method.MEAN_OF_UNITS.value))


def choose_kind() -> str:
    """A kind of period, for what is shown of several periods."""
    kinds = {kind: say(name) for kind, name in periods.KINDS.items()}
    return address.select(say(KIND), kinds, address.Place(name="kind", key=_KIND_KEY), _USUAL_KIND)


def choose_period(first: Period, last: Period) -> Period:
    """A kind of period, and one that lies between the first and the last month with answers.

    The period in the address (2026-TW3) where there is one, else the newest quarter.
    """
    return _period(first, last, lambda offered: offered[0], "period")


def choose_finished(first: Period, last: Period, today: date) -> Period:
    """As `choose_period`, beginning with the newest period that is over: what one publishes."""
    return _period(first, last, lambda offered: offered[periods.last_over(offered, today)], "finished")


def _period(first: Period, last: Period, usual: Callable[[Sequence[Period]], Period], key: str) -> Period:
    def offered(kind: str) -> Sequence[Period]:
        return periods.choices(first.first_day, last.first_day, kind)

    def another_kind(kind: str) -> None:
        address.put("period", str(usual(offered(kind))), str(usual(offered(_USUAL_KIND))))

    named = _named_period(st.query_params.get("period"))
    kinds = {kind: say(name) for kind, name in periods.KINDS.items()}
    current = named.kind if named is not None and named.kind in kinds else _USUAL_KIND
    kind = address.held(say(KIND), kinds, _KIND_KEY, current, another_kind)
    choices = {str(period): period for period in offered(kind)}
    names = {text: periods.name(period, language()) for text, period in choices.items()}
    begin = str(usual(list(choices.values())))
    current = str(named) if str(named) in choices else begin
    unwritten = begin if kind == _USUAL_KIND else None
    chosen = address.held(
        say(PERIOD), names, f"{key}-{kind}", current, lambda text: address.put("period", text, unwritten)
    )
    return choices[chosen]


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


#: What one looks at unless the address says otherwise.
_USUAL_KIND = "quarter"
_KIND_KEY, _METHOD = "period-kind", "method"


def _agency_names(entries: Sequence[UnitEntry]) -> dict[str, str]:
    return {e.agency.code: e.agency.name for e in entries}


def _pick(label: str, names: Mapping[str, str], key: str) -> str | None:
    """One code by its name; nothing is chosen until the person does, unless there is only one."""
    return st.selectbox(
        label,
        list(names),
        index=0 if len(names) == 1 else None,
        format_func=lambda c: names[c],
        placeholder=t("Pilih", "Choose"),
        key=said_anew(key),
    )
