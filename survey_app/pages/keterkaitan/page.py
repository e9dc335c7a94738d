"""Keterkaitan: IP ASN and its dimensions beside the IKM of the same units; exploratory."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.keterkaitan import view
from survey_app.services.ip_asn.linkage import linkage
from survey_app.services.ip_asn.overview import years
from survey_app.services.process import runtime
from survey_app.ui import choosing, layout, scopes
from survey_app.ui.answered import units_or_explain
from survey_app.ui.words import t


def show() -> None:
    database = runtime.database()
    entries = units_or_explain(database, _title())
    if not entries:
        return
    measured = years(database)
    if not measured:
        layout.heading(_title())
        view.explain_no_staff()
        return
    with st.sidebar:
        year = scopes.choose_year(measured, "link-year")
        scope = choosing.filter_scope(entries)
    layout.heading(_title(), f"{scopes.name(entries, scope)} · {year}")
    view.show(linkage(database, scope, year))


def _title() -> str:
    return t("Keterkaitan IP ASN dan IKM", "Link between IP ASN and IKM")
