"""The table of all units as a file, as it may leave the office."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics import Period
from survey_app.services.disclosure import unit_tables
from survey_app.services.places.acting import Acting
from survey_app.services.places.scope import Scope
from survey_app.services.process import runtime
from survey_app.ui import downloads
from survey_app.ui.words import t

_MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def offer(scope: Scope, period: Period) -> None:
    """A button for each kind of file."""
    with st.container(horizontal=True):
        for kind, mime in _MIME.items():
            downloads.offer(
                t("Unduh tabel ({kind})", "Download the table ({kind})", kind=kind.upper()),
                partial(_make, scope, period, kind),
                f"perbandingan-{scope.agency or 'provinsi'}-{period}.{kind}",
                f"compare-{kind}",
                mime=mime,
            )


def _make(scope: Scope, period: Period, kind: str, acting: Acting) -> bytes:
    return unit_tables.of_scope(runtime.database(), acting, scope, period, xlsx=kind == "xlsx")
