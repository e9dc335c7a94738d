"""Choosing a year and whether to look at the province, an agency or a unit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from survey_app.services.catalogue import UnitEntry
from survey_app.services.scope import PROVINCE, Scope
from survey_app.ui.words import t


def choose_year(years: Sequence[int], key: str) -> int:
    """One of `years`, the last unless another was chosen."""
    return st.selectbox(
        t("Tahun", "Year"), sorted(years, reverse=True), key=key, persist_state="session", format_func=str
    )


def choose_agency(entries: Sequence[UnitEntry], key: str, first: str | None = None) -> Scope:
    """Everything or one agency; it begins with the agency `first`."""
    agencies = {e.agency.code: e.agency.name for e in entries}
    return Scope(
        agency=_select(t("Instansi", "Agency"), agencies, t("Semua instansi", "All agencies"), first, key)
    )


def choose_scope(entries: Sequence[UnitEntry], wanted: str | None, key: str) -> Scope:
    """Everything, an agency, or one of its units; it begins with the unit `wanted`."""
    first = next((e.agency.code for e in entries if e.unit.code == wanted), None)
    agency = choose_agency(entries, f"{key}-agency-{wanted}", first).agency
    if agency is None:
        return PROVINCE
    units = {e.unit.code: e.unit.name for e in entries if e.agency.code == agency}
    label, everything = t("Unit layanan", "Service unit"), t("Semua unit", "All units")
    unit = _select(label, units, everything, wanted, f"{key}-unit-{agency}-{wanted}")
    return Scope(agency=agency, unit=unit)


def name(entries: Sequence[UnitEntry], scope: Scope) -> str:
    """What `scope` is called: the unit, the agency, or everything."""
    mine = [e for e in entries if scope.covers(e)]
    if scope.unit is not None and mine:
        return f"{mine[0].unit.name} · {mine[0].agency.name}"
    if scope.agency is not None and mine:
        return mine[0].agency.name
    return t("Seluruh unit", "All units")


def _select(label: str, names: dict[str, str], everything: str, first: str | None, key: str) -> str | None:
    options: list[str | None] = [None, *names]
    return st.selectbox(
        label,
        options,
        index=options.index(first) if first in names else 0,
        format_func=lambda code: everything if code is None else names[code],
        key=key,
    )
