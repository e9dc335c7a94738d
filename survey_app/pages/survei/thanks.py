"""The thank-you: that the answer is stored, its receipt, and the way for the next person."""

from __future__ import annotations

from base64 import b64encode
from html import escape

import streamlit as st

from survey_app import settings
from survey_app.pages.survei import form
from survey_app.services.answers.intake import Receipt
from survey_app.services.places.catalogue import UnitEntry
from survey_app.text import Text
from survey_app.ui import links
from survey_app.ui.colours import ACCENT
from survey_app.ui.faces import drawing
from survey_app.ui.words import say, t
from survey_app.wording import personal_data

PASSED = Text("Uji coba berhasil", "The trial worked")


def show(receipt: Receipt, entry: UnitEntry) -> None:
    """Thank for `receipt` in the name of the unit."""
    thanks = t("Terima kasih!", "Thank you!")
    stored = t(
        "Jawaban Anda untuk {unit} sudah kami terima.",
        "We have received your answers for {unit}.",
        unit=entry.unit.name,
    )
    proof = t("Kode tanda terima", "Receipt code")
    st.html(
        f'<section class="receipt" role="status">{_picture()}<h1>{escape(thanks)}</h1><p>{escape(stored)}</p>'
        f'<p>{escape(proof)}<br><span class="code">{receipt.code}</span></p>'
        f"<p>{escape(say(personal_data.ask(settings.load().contact)))}</p></section>"
    )
    st.button(
        t("Mulai untuk orang berikutnya", "Start for the next person"),
        on_click=form.next_person,
        width="stretch",
    )


def show_trial(entry: UnitEntry) -> None:
    """Say that a trial went well and left nothing behind."""
    passed = say(PASSED)
    told = t(
        "Jawaban diperiksa seperti jawaban warga, tetapi tidak disimpan dan tidak dihitung.",
        "The answers were checked like a citizen's, but not saved or counted.",
    )
    st.html(
        f'<section class="receipt" role="status">{_picture()}<h1>{escape(passed)}</h1>'
        f"<p>{escape(told)}</p></section>"
    )
    st.button(t("Coba lagi", "Try again"), on_click=form.next_person, width="stretch")
    st.link_button(
        t("Buka formulir yang sebenarnya", "Open the real form"),
        links.survey(entry.unit.code),
        width="stretch",
    )


def _picture() -> str:
    """The glad face as an image: drawings inside HTML are removed by the page's sanitizer."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" color="{ACCENT}">{drawing(4, 4)}</svg>'
    )
    return f'<img class="face" alt="" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'
