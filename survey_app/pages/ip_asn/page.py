"""IP ASN: the professionalism index by province, agency and unit, and the import of its files."""

from __future__ import annotations

import streamlit as st

from survey_app.pages.ip_asn import upload_view, view
from survey_app.services.disclosure import outgoing_staff
from survey_app.services.ip_asn.overview import years
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, choosing, layout, scopes
from survey_app.ui.acting import who
from survey_app.ui.answered import units_or_explain
from survey_app.ui.words import say, t

NOTHING_YET = Text(
    "Belum ada IP ASN. Unggah berkas pertama di tab Impor.",
    "There is no IP ASN yet. Upload the first file on the Import tab.",
)


def show() -> None:
    database = runtime.database()
    entries = units_or_explain(database, "IP ASN")
    if not entries:
        return
    measured = years(database)
    with layout.choices():
        year = scopes.choose_year(measured, "ipasn-year") if measured else None
        scope = choosing.filter_agency_or_unit(entries)
    layout.heading("IP ASN", scopes.name(entries, scope))
    if not who().may(Action.IMPORT_STAFF):
        _show_result(database, scope, year)
        return
    names = {"hasil": t("Hasil", "Result"), "impor": t("Impor", "Import")}
    tabs = address.tabs(names, address.Place(name="tab", key="ipasn-tab"))
    with tabs["impor"]:
        upload_view.show(database)
    with tabs["hasil"]:
        _show_result(database, scope, year)


def _show_result(database: Database, scope: Scope, year: int | None) -> None:
    if year is None:
        st.info(say(NOTHING_YET))
        return
    inside = who() if who().may(Action.SEE_INSIDE) else None
    ip_asn = outgoing_staff.of_year(database, scope, year, inside)
    if ip_asn.whole.rulesets:
        view.offer_report(database, scope, year)
    view.show(ip_asn, outgoing_staff.of_series(database, scope, inside))
