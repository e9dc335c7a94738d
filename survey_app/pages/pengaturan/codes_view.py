"""Codes on queue slips: what was made and used, another batch to print, and whether answers need one."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import days
from survey_app.errors import AppError
from survey_app.reports.prints.invitation import check_base_url
from survey_app.reports.prints.slips import slips
from survey_app.services.answers import queue_codes
from survey_app.services.answers.queue_codes import BatchState
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.storage.places import Service
from survey_app.text import Text
from survey_app.ui import links, making, reachable, tables
from survey_app.ui.acting import act, asked_first, who
from survey_app.ui.plain import tell
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

#: Slips on one sheet, and of one printing from here: a hundred sheets. The command line makes more.
_SHEET, _MOST = 21, 2_100
NO_CODES = Text("Belum ada kode untuk layanan ini.", "There are no codes for this service yet.")
NOT_AGAIN = Text(
    "Unduh sekarang: kode hanya ada di berkas ini dan tidak dapat ditampilkan lagi.",
    "Download it now: the codes are in this file only and cannot be shown again.",
)
DOWNLOAD = Text("Unduh slip (PDF)", "Download the slips (PDF)")
REQUIRE = Text(
    "Mulai saat ini jawaban tanpa kode ditolak, termasuk yang masih menunggu jaringan di anjungan atau "
    "ponsel. Pastikan dahulu semua anjungan sudah mengirim jawabannya dan slip tersedia di loket.",
    "From now on answers without a code are refused, including those still waiting for the network on a "
    "kiosk or a phone. First make sure that every kiosk has sent its answers and that slips are at the "
    "counter.",
)
YES_REQUIRE = Text("Ya, wajibkan", "Yes, require it")
YES_ACCEPT = Text("Ya, terima", "Yes, accept them")


def show_codes(database: Database, entry: UnitEntry, now: datetime) -> None:
    """Choose a service; its switch, its batches and the next one."""
    st.markdown(
        t(
            "Kode pada slip antrean membuktikan bahwa pengisi survei memang dilayani: satu kode untuk "
            "satu jawaban. Kode yang dipakai tidak dicatat bersama jawaban.",
            "The code on a queue slip shows that somebody was served: one code, one answer. No record is "
            "kept of which code was used for which answer.",
        )
    )
    service = _service(entry)
    _switch(database, entry, service)
    mine = [s for s in queue_codes.states(database, who(), now) if s.service.id == service.id]
    if mine:
        st.html(tables.table(_columns(), [_row(state) for state in mine], numeric=4))
    else:
        st.markdown(say(NO_CODES))
    _new_batch(database, entry, service, now)


def _service(entry: UnitEntry) -> Service:
    offered = {service.code: service for service in entry.services if service.active}
    offered = offered or {service.code: service for service in entry.services}
    code = st.selectbox(
        t("Layanan", "Service"),
        list(offered),
        format_func=lambda c: offered[c].name,
        key=f"codes-service-{entry.unit.id}",
    )
    return offered[code]


def _switch(database: Database, entry: UnitEntry, service: Service) -> None:
    """What the service asks for now, and the other way."""
    if service.codes_required:
        st.markdown(
            t(
                "**Wajib kode**: jawaban tanpa kode ditolak.",
                "**Code required**: answers without a code are refused.",
            )
        )
        label, sure = t("Terima jawaban tanpa kode", "Accept answers without a code"), say(YES_ACCEPT)
        consequence = t(
            "Survei dapat diisi siapa pun, dengan atau tanpa kode. Kode yang sudah dicetak tidak "
            "diperiksa lagi.",
            "Anyone can answer, with or without a code. Printed codes are no longer checked.",
        )
    else:
        st.markdown(
            t(
                "**Tidak wajib kode**: semua jawaban diterima.",
                "**No code required**: all answers are accepted.",
            )
        )
        label, sure = t("Wajibkan kode", "Require a code"), say(YES_REQUIRE)
        consequence = say(REQUIRE)
    with st.container(horizontal=True):
        agreed = asked_first(label, consequence, sure, f"codes-switch-{service.id}")
        st.link_button(t("Lihat anjungan survei", "See the kiosks"), links.page(links.FLEET))
    if agreed:
        wanted = not service.codes_required
        act(
            lambda: queue_codes.require(database, who(), entry.unit.code, service.code, wanted),
            t("Tersimpan.", "Saved."),
        )


def _columns() -> list[str]:
    return [
        t("Kelompok slip (tanggal dibuat)", "Batch (date made)"),
        t("Berlaku sampai", "Valid until"),
        t("Kode", "Codes"),
        t("Dipakai", "Used"),
        t("Kedaluwarsa", "Expired"),
        t("Sisa", "Left"),
    ]


def _row(state: BatchState) -> list[tables.Cell]:
    zone, ends = ZoneInfo(state.entry.unit.time_zone), state.batch.expires_at
    counts = (state.batch.issued, state.batch.used, state.expired, state.open)
    return [
        tables.Noted(str(state.batch.id), days.short_day(state.batch.issued_at.astimezone(zone), language())),
        days.short_moment(ends.astimezone(zone), language()) if ends else t("tanpa batas", "no limit"),
        *(numbers.whole(n, language()) for n in counts),
    ]


def _new_batch(database: Database, entry: UnitEntry, service: Service, now: datetime) -> None:
    key = f"slips-{service.id}"
    reachable.warn()
    with st.form(f"codes-new-{service.id}", border=False):
        many, lasting = st.columns(2)
        count = many.number_input(
            t("Jumlah slip ({n} per lembar)", "Number of slips ({n} per sheet)", n=_SHEET),
            min_value=1,
            max_value=_MOST,
            value=10 * _SHEET,
            key=f"codes-count-{service.id}",
        )
        valid = lasting.number_input(
            t(
                "Masa berlaku dalam hari (kosongkan jika tanpa batas)",
                "Valid for this many days (leave empty for no limit)",
            ),
            min_value=0,
            max_value=queue_codes.VALID_DAYS_MAX,
            value=None,
            key=f"codes-days-{service.id}",
        )
        asked = st.form_submit_button(t("Buat slip", "Make slips"), key=f"codes-make-{service.id}")
    if asked:
        _make(database, entry, service, now, int(count), None if valid is None else int(valid), key)
    if making.offer_made(key, say(DOWNLOAD)):
        st.warning(say(NOT_AGAIN))


def _make(
    database: Database,
    entry: UnitEntry,
    service: Service,
    now: datetime,
    count: int,
    valid: int | None,
    key: str,
) -> None:
    base, lang = links.base_url(), language()
    try:
        # Before the codes are made: an address that cannot be printed must not cost a batch.
        check_base_url(base)
        batch = queue_codes.issue(
            database, who(), entry.unit.code, service.code, count, now, valid_days=valid
        )
    except AppError as error:
        st.error(tell(error.text))
        return
    file = f"slip-{entry.unit.code}-{service.code}-{batch.number}-{lang}.pdf"
    if making.make_pdf(key, file, lambda told: slips(batch, base, now, lang, told)):
        st.rerun()
