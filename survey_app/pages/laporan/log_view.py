"""Catatan publikasi: what was published when, for whoever has to show it; a page of it, or all as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

import streamlit as st

from survey_app import days
from survey_app.services.files.csv_text import never_a_formula
from survey_app.services.places import clock
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.publishing.published_log import Published, published_in
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import choosing, downloads, links, tables
from survey_app.ui.acting import who
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods

#: Rows of a page.
ROWS = 25
_FROM = "mulai"
NOTHING = Text("Belum ada hasil yang dipublikasikan.", "Nothing has been published yet.")
COUNTED = Text("{n} publikasi", "Publications: {n}")
PROVINCE_RECAP = Text("Rekapitulasi provinsi", "Consolidated results of the province")
RECAP = Text("Rekapitulasi {name}", "Consolidated results of {name}")
CURRENT = Text("berlaku", "current")
REPLACED = Text("diganti versi lebih baru", "replaced by a later version")
OLDER, NEWEST = Text("Lebih lama", "Older"), Text("Ke yang terbaru", "To the newest")
FINGERPRINT = Text(
    "Sidik adalah SHA-256 dari isi yang dipublikasikan; berkas CSV memuatnya secara lengkap.",
    "The fingerprint is the SHA-256 of what was published; the CSV file has all of it.",
)


def show(database: Database, entries: Sequence[UnitEntry]) -> None:
    """What the chosen agency or unit has published, the newest first."""
    with st.container(horizontal=True):
        scope = choosing.filter_agency_or_unit(entries)
    found = published_in(database, who(), scope)
    if not found:
        st.info(say(NOTHING))
        return
    first = _first(len(found))
    st.markdown(f"**{say(COUNTED.format(n=numbers.whole(len(found), language())))}**")
    st.html(tables.table(_columns(), map(_row, found[first : first + ROWS])))
    with st.container(horizontal=True, vertical_alignment="center"):
        if first:
            st.html(_link(NEWEST, scope, None))
        if first + ROWS < len(found):
            st.html(_link(OLDER, scope, first + ROWS))
        downloads.offer(
            t("Unduh CSV", "Download CSV"),
            lambda person: csv_of(database, person, scope),
            "catatan-publikasi.csv",
            "publication-log",
            mime="text/csv",
        )
    st.caption(say(FINGERPRINT))


def csv_of(database: Database, person: Acting, scope: Scope) -> bytes:
    """All of it, for a spreadsheet: no cell is read as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["waktu", "unit", "instansi", "periode", "versi", "keadaan", "sha256"])
    for one in published_in(database, person, scope):
        state = CURRENT if one.current else REPLACED
        writer.writerow(
            [
                one.published_at.isoformat(),
                never_a_formula(_subject(one)),
                never_a_formula(one.agency),
                str(one.period),
                one.version,
                say(state),
                one.sha256,
            ]
        )
    return file.getvalue().encode("utf-8-sig")


def _columns() -> list[str]:
    return [
        t("Waktu", "When"),
        t("Hasil", "Results"),
        t("Periode", "Period"),
        t("Versi", "Version"),
        t("Keadaan", "State"),
        t("Sidik", "Fingerprint"),
    ]


def _row(one: Published) -> list[tables.Cell]:
    moment = clock.told_by(one.published_at)
    address = "/hasil" if one.entry is None else links.public_result(one.entry.unit.code)
    return [
        days.short_moment(moment, language()),
        tables.Link(_subject(one), address, one.agency if one.entry is not None else ""),
        periods.name(one.period, language()),
        str(one.version),
        say(CURRENT if one.current else REPLACED),
        one.sha256[:12],
    ]


def _subject(one: Published) -> str:
    if one.entry is not None:
        return one.entry.unit.name
    return say(RECAP.format(name=one.agency) if one.agency else PROVINCE_RECAP)


def _first(count: int) -> int:
    """The row with which the page begins, by the address; the newest where it names none."""
    asked = st.query_params.get(_FROM, "")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
    return start if start < count else 0


def _link(words: Text, scope: Scope, first: int | None) -> str:
    query = {"tab": "catatan", "agency": scope.agency, "unit": scope.unit, _FROM: first}
    there = links.page("/laporan", **query)
    return f'<a class="more" href="{escape(there)}" target="_self">{escape(say(words))}</a>'
