"""Keterkaitan: IP ASN and its dimensions beside the IKM of the same units; exploratory."""

from __future__ import annotations

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.pages.keterkaitan import view
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.disclosure.on_screen import without_few
from survey_app.services.ip_asn.linkage import answered, linkage, linked
from survey_app.services.ip_asn.overview import years
from survey_app.services.places.permissions import Action
from survey_app.services.process import runtime
from survey_app.text import Text
from survey_app.ui import choosing, layout, scopes
from survey_app.ui.acting import who
from survey_app.ui.answered import units_or_explain
from survey_app.ui.words import say, t

FEW = Text(
    f"Unit yang nilainya berasal dari kurang dari {MINIMUM} responden atau pegawai dihitung tanpa nilai.",
    f"Units whose score is of fewer than {MINIMUM} respondents or staff count as without a score.",
)


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
    with layout.choices():
        year = scopes.choose_year(measured, "link-year")
        scope = choosing.filter_scope(entries)
    layout.heading(_title(), f"{scopes.name(entries, scope)} · {year}")
    if who().may(Action.SEE_INSIDE):
        view.show(linkage(database, scope, year))
        return
    told = outgoing_staff.of_year(database, scope, year)
    view.show(linked(told, without_few(answered(database, scope, year)), year))
    st.caption(say(FEW))


def _title() -> str:
    return t("Keterkaitan IP ASN dan IKM", "Link between IP ASN and IKM")
