"""A file that takes its time: a bar that tells how far it is, then the button that downloads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from survey_app.errors import AppError
from survey_app.reports.prints.qr import Told
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.workers import render_pdf
from survey_app.ui import downloads
from survey_app.ui.plain import tell
from survey_app.ui.words import t

_KEY = "made-file"
#: Drawing is this part of the bar; setting the pages, of which nothing is heard, is the rest.
_DRAWING = 0.7


@dataclass(frozen=True)
class Made:
    """A PDF that waits to be downloaded; a session keeps the last one only."""

    key: str
    name: str
    content: bytes


def make_pdf(key: str, file_name: str, draw: Callable[[Told], Document]) -> bool:
    """Draw and set a document while its bar is shown; False, with the reason shown, when it failed."""
    drawing = t("Membuat kode QR …", "Making QR codes …")
    bar = st.progress(0.0, text=drawing)
    try:
        document = draw(lambda share: bar.progress(share * _DRAWING, drawing))
        bar.progress(_DRAWING, text=t("Menyusun PDF …", "Setting the PDF …"))
        st.session_state[_KEY] = Made(key, file_name, render_pdf(document))
    except AppError as error:
        st.error(tell(error.text))
        return False
    finally:
        bar.empty()
    return True


def offer_made(key: str, label: str) -> bool:
    """The button that downloads what `make_pdf` made under this key; False without it."""
    made = st.session_state.get(_KEY)
    if not isinstance(made, Made) or made.key != key:
        return False
    downloads.offer(label, lambda _: made.content, made.name, f"get-{key}", kind="primary")
    return True
