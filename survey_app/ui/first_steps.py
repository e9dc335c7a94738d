"""What a new installation shows: load the demo, or create the first unit; then where its form is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey_app.errors import AppError
from survey_app.services import demo, runtime, setup
from survey_app.services.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.ui import layout, links
from survey_app.ui.words import say, t

#: The three zones of Indonesia by the names people know.
ZONES = {"Asia/Makassar": "WITA", "Asia/Jakarta": "WIB", "Asia/Jayapura": "WIT"}


def show_welcome(database: Database) -> None:
    """An empty database: the two ways on, side by side."""
    layout.heading(
        t("Selamat datang", "Welcome"),
        t(
            "Survei kepuasan masyarakat, dari jawaban warga sampai IKM menurut PermenPANRB 14/2017. "
            "Basis data ini masih kosong. Ada dua cara untuk mulai.",
            "Community satisfaction surveys, from a citizen's answer to the IKM by PermenPANRB 14/2017. "
            "This database is still empty. There are two ways to begin.",
        ),
    )
    own, sample = st.columns(2, gap="medium")
    with own.container(border=True, height="stretch"):
        _create_first_unit(database)
    with sample.container(border=True, height="stretch"):
        _load_demo(database)


def show_waiting(units: Sequence[UnitEntry]) -> None:
    """Units without a single answer: where their forms and results are."""
    st.markdown(
        t(
            "Belum ada jawaban. Buka formulir di ponsel atau tablet, isi satu kali sebagai percobaan, "
            "lalu lihat hasilnya.",
            "There are no answers yet. Open the form on a phone or tablet, fill it in once as a test, "
            "then see the result.",
        )
    )
    for entry in units:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{entry.unit.name}**  \n{entry.agency.name}")
            show_links(entry)


def show_links(entry: UnitEntry) -> None:
    """The three places of a unit: form for phones, form for a counter's tablet, result."""
    code = entry.unit.code
    st.link_button(t("Formulir ponsel", "Phone form"), links.light_form(code))
    st.link_button(t("Formulir tablet", "Tablet form"), links.survey(code))
    st.link_button(t("Hasil", "Result"), links.result(code))


def _create_first_unit(database: Database) -> None:
    st.subheader(t("Buat unit layanan pertama", "Create the first service unit"), anchor=False)
    with st.form("first-unit", border=False):
        agency = st.text_input(
            t("Nama instansi (OPD)", "Agency (OPD)"), placeholder="DPMPTSP Provinsi Kalimantan Timur"
        )
        unit = st.text_input(
            t("Nama unit layanan", "Service unit"), placeholder="Pelayanan Terpadu Satu Pintu"
        )
        zone = st.selectbox(
            t("Zona waktu", "Time zone"), list(ZONES), format_func=lambda z: f"{ZONES[z]} ({z})"
        )
        if st.form_submit_button(t("Buat unit", "Create unit"), type="primary"):
            create_unit(database, agency, unit, zone)


def create_unit(database: Database, agency: str, unit: str, zone: str) -> None:
    """Create both and go on; or say what is wrong."""
    try:
        setup.add_unit(database, agency, unit, zone)
    except AppError as error:
        for text in [problem.text for problem in error.problems] or [error.text]:
            st.error(say(text))
        return
    st.rerun()


def _load_demo(database: Database) -> None:
    st.subheader(t("Coba dengan data contoh", "Try it with demonstration data"), anchor=False)
    st.markdown(
        t(
            "Sebuah provinsi rekaan: 10 instansi, 60 unit, tiga tahun, 200.000 jawaban. "
            "Memuatnya perlu sekitar satu menit.",
            "An invented province: 10 agencies, 60 units, three years, 200,000 answers. "
            "Loading it takes about a minute.",
        )
    )
    if st.button(t("Muat data contoh", "Load the demonstration")):
        bar = st.progress(0.0)
        demo.load(database, runtime.now(), lambda share, text: _move(bar, share, text))
        st.rerun()


def _move(bar: DeltaGenerator, share: float, text: str) -> None:
    bar.progress(share, text)
