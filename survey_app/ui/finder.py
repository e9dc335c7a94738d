"""The search box at the head of every page: units, agencies, services, pages and reports by a few letters.

It searches in the browser, in a list that is fetched once somebody begins to: a run of a page draws the box
and nothing of the list. The key / opens it from anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from survey_app.text import Text
from survey_app.ui.words import language, say

#: Where the list is fetched.
SOURCE = "/cari.json"
LABEL = Text("Cari unit, layanan, atau halaman", "Find a unit, service or page")
NOTHING = Text("Tidak ditemukan.", "Nothing found.")
AWAY = Text("Pencarian belum dapat dimuat. Coba lagi.", "The search could not be loaded. Please try again.")


@dataclass(frozen=True)
class Chosen:
    """A page, and what its address is to name."""

    page: str
    query: dict[str, str]


def draw() -> Chosen | None:
    """The box; what was chosen in it just now, else None."""
    data = {
        "source": f"{SOURCE}?lang={language()}",
        "label": say(LABEL),
        "nothing": say(NOTHING),
        "away": say(AWAY),
    }
    state = _component()(key="finder", data=data, on_chosen_change=lambda: None)
    value = state.get("chosen")
    if not value:
        return None
    return Chosen(str(value["page"]), {str(k): str(v) for k, v in value["query"].items()})


@cache
def _component() -> Any:
    script, style = (Path(__file__).with_suffix(suffix).read_text("utf-8") for suffix in (".js", ".css"))
    return st.components.v2.component("finder", html='<div class="find"></div>', css=style, js=script)
