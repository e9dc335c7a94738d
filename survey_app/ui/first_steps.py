"""What a new installation shows: load the demo, or create the first unit; then where its form is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from survey_app.reports import demonstration
from survey_app.reports.prints.invitation import Place
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Reach
from survey_app.services.process import runtime
from survey_app.services.province.overview import months_of
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import layout, links, posters, reachable, units_form
from survey_app.ui.acting import who
from survey_app.ui.plain import plain
from survey_app.ui.words import say, t

NO_UNITS = Text(
    "Belum ada unit layanan di lingkup Anda. Hubungi admin provinsi.",
    "There is no service unit in your scope yet. Please ask the provincial administrator.",
)
FIRST_STEPS = Text("Langkah pertama untuk {unit}", "First steps for {unit}")


def show_welcome(database: Database) -> None:
    """An empty database: the two ways on, side by side; to who may go neither, whom to ask."""
    if not who().may(Action.CREATE_UNITS) or who().scope.reach is not Reach.PROVINCE:
        layout.heading(t("Selamat datang", "Welcome"))
        st.info(say(NO_UNITS))
        return
    layout.heading(
        t("Selamat datang", "Welcome"),
        t(
            "Survei kepuasan masyarakat, dari jawaban warga sampai IKM menurut PermenPANRB 14/2017. "
            "Basis data ini masih kosong. Ada dua cara untuk memulai.",
            "Community satisfaction surveys, from a citizen's answers to the IKM under PermenPANRB "
            "14/2017. This database is still empty. There are two ways to begin.",
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
            "Belum ada jawaban. Ikuti panduan di Pengaturan, dari uji coba sampai poster QR di loket.",
            "There are no answers yet. Follow the guide in Settings, from a trial to the QR poster at "
            "the counter.",
        )
    )
    for entry in units:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(entry.unit.name)}**  \n{plain(entry.agency.name)}")
            show_links(entry)


def show_links(entry: UnitEntry) -> None:
    """The three places of a unit: form for phones, form for a counter's tablet, result."""
    code = entry.unit.code
    st.link_button(t("Formulir ponsel", "Phone form"), links.light_form(code))
    st.link_button(t("Formulir tablet", "Tablet form"), links.survey(code))
    st.link_button(t("Hasil", "Result"), links.result(code))


def show_guide(database: Database, entry: UnitEntry, now: datetime) -> None:
    """What is left to do before a unit's first result; nothing once it has answers."""
    if months_of(database, entry) is not None:
        return
    with st.container(border=True):
        st.header(say(FIRST_STEPS.format(unit=plain(entry.unit.name))), anchor=False)
        st.markdown(
            t(
                "1. Periksa **Layanan** dan **Kuesioner** di bawah.",
                "1. Check **Services** and **Questionnaire** below.",
            )
        )
        st.markdown(
            t(
                "2. Isi satu kali sebagai uji coba. Jawaban uji coba diperiksa, tetapi tidak disimpan dan "
                "tidak dihitung.",
                "2. Fill it in once as a trial. A trial is checked, but not stored and not counted.",
            )
        )
        st.link_button(t("Coba formulir", "Try the form"), links.trial(entry.unit.code))
        st.markdown(
            t(
                "3. Cetak poster QR dan tempel di loket. Panduan ini selesai setelah jawaban warga yang "
                "pertama masuk.",
                "3. Print the QR poster and put it up at the counter. This guide closes once the first "
                "citizen has answered.",
            )
        )
        reachable.warn()
        with st.container(horizontal=True):
            posters.offer([Place(entry)], f"pertama-{entry.unit.code}", "a4", now)
            show_links(entry)


def _create_first_unit(database: Database) -> None:
    st.header(t("Buat unit layanan pertama", "Create the first service unit"), anchor=False)
    units_form.add_unit_form(database, [])


def _load_demo(database: Database) -> None:
    st.header(t("Coba dengan data contoh", "Try it with demonstration data"), anchor=False)
    st.markdown(
        t(
            "Sebuah provinsi rekaan: 10 instansi, 60 unit, tiga tahun, 200.000 jawaban. "
            "Memuatnya perlu sekitar satu menit.",
            "An invented province: 10 agencies, 60 units, three years, 200,000 answers. "
            "Loading it takes about a minute.",
        )
    )
    if st.button(t("Muat data contoh", "Load the demonstration data")):
        bar = st.progress(0.0)
        demonstration.load(database, who(), runtime.now(), lambda share, text: _move(bar, share, text))
        st.rerun()


def _move(bar: DeltaGenerator, share: float, text: str) -> None:
    bar.progress(share, text)
