"""A reminder that citizens are told of nobody whom they could ask about their data."""

from __future__ import annotations

import streamlit as st

from survey_app import settings
from survey_app.services.places.permissions import Action
from survey_app.text import Text
from survey_app.ui.acting import who
from survey_app.ui.words import say

NO_CONTACT = Text(
    "Kontak data pribadi belum ditetapkan. Warga membaca bahwa belum ada yang dapat ditanyai. Isi "
    "`SURVEY_CONTACT_NAME` beserta surel, telepon, atau alamat; lihat docs/panduan/data-pribadi.md.",
    "No contact for personal data is set, and citizens read that there is nobody to ask. Set "
    "`SURVEY_CONTACT_NAME` with an e-mail address, telephone or address; see docs/panduan/data-pribadi.md.",
)


def remind() -> None:
    """Say so to who may set up the province, until a contact is set."""
    if settings.load().contact is None and who().may(Action.CREATE_UNITS):
        st.info(say(NO_CONTACT))
