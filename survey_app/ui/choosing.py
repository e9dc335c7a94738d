"""Choosing where and when: agency, unit, service and period."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.period import Period
from survey_app.services import catalogue
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.catalog import Agency, Service
from survey_app.storage.database import Database
from survey_app.ui import guards, periods
from survey_app.ui.words import language, say, t


def choose_unit(database: Database) -> UnitEntry | None:
    """For a citizen: agency, then unit; the choice goes into the address. None until it is made."""
    entries = catalogue.list_units(database)
    if not entries:
        guards.explain_no_units()
        return None
    agencies = list({e.agency.id: e.agency for e in entries}.values())
    agency = _select(t("Instansi", "Agency"), agencies, "survey-agency")
    if agency is None:
        return None
    units = [e for e in entries if e.agency == agency]
    entry = st.selectbox(
        t("Unit layanan", "Service unit"),
        units,
        index=0 if len(units) == 1 else None,
        format_func=lambda e: e.unit.name,
        placeholder=t("Pilih", "Choose"),
        key="survey-unit",
    )
    if entry is not None and st.button(t("Mulai", "Begin"), type="primary"):
        st.query_params["unit"] = entry.unit.code
        st.rerun()
    return None


def choose_service(entry: UnitEntry, code: str | None) -> Service | None:
    """The service of that code, the only one in use, or the one the citizen chooses."""
    active = [s for s in entry.services if s.active]
    named = next((s for s in active if s.code == code), None)
    if named is not None or len(active) == 1:
        return named or active[0]
    if not active:
        st.info(t("Unit ini sedang tidak menerima survei.", "This unit takes no surveys at present."))
        return None
    return st.pills(
        t("Layanan apa yang Saudara terima?", "Which service did you receive?"),
        active,
        format_func=lambda s: s.name,
        key="survey-service",
    )


def filter_result(entries: Sequence[UnitEntry], wanted: str | None) -> tuple[UnitEntry, Service | None]:
    """For a reader: agency, unit and service side by side, beginning with the unit `wanted`."""
    first = next((e for e in entries if e.unit.code == wanted), entries[0])
    agencies = list({e.agency.id: e.agency for e in entries}.values())
    agency = st.selectbox(
        t("Instansi", "Agency"),
        agencies,
        index=agencies.index(first.agency),
        format_func=lambda a: a.name,
        key="result-agency",
        persist_state="session",
    )
    units = [e for e in entries if e.agency == agency]
    entry = st.selectbox(
        t("Unit layanan", "Service unit"),
        units,
        index=units.index(first) if first in units else 0,
        format_func=lambda e: e.unit.name,
        key="result-unit",
        persist_state="session",
    )
    service = st.selectbox(
        t("Layanan", "Service"),
        [None, *entry.services],
        format_func=lambda s: t("Semua layanan", "All services") if s is None else s.name,
        key=f"result-service-{entry.unit.code}",
    )
    return entry, service


def choose_period(first: Period, last: Period, kind: str = "quarter") -> Period:
    """A kind of period, and one that lies between the first and the last month with answers."""
    kinds = list(periods.KINDS)
    chosen = st.selectbox(
        t("Jenis periode", "Kind of period"),
        kinds,
        index=kinds.index(kind),
        format_func=lambda k: say(periods.KINDS[k]),
        key="period-kind",
        persist_state="session",
    )
    return st.selectbox(
        t("Periode", "Period"),
        periods.choices(first.first_day, last.first_day, chosen),
        format_func=lambda p: periods.name(p, language()),
        key=f"period-{chosen}",
        persist_state="session",
    )


def _select(label: str, agencies: Sequence[Agency], key: str) -> Agency | None:
    chosen: Agency | None = st.selectbox(
        label,
        agencies,
        index=0 if len(agencies) == 1 else None,
        format_func=lambda a: a.name,
        placeholder=t("Pilih", "Choose"),
        key=key,
    )
    return chosen
