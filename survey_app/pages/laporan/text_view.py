"""The text of a report before it is published: read it, put it in one's own words, go back to the data's."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

import streamlit as st

from survey_app.reports.statements import passages
from survey_app.services.ikm.results import UnitResult
from survey_app.services.publishing import report_texts
from survey_app.services.publishing.report_texts import Draft
from survey_app.storage.database import Database
from survey_app.text import LANGUAGES, Language, Text
from survey_app.ui import acting
from survey_app.ui.words import language, say, t
from survey_app.wording.voice import Voice

DATA_CHANGED = Text(
    "Data berubah sejak naskah disunting. Periksa bagian yang ditandai sebelum memublikasikan hasil.",
    "The data have changed since the text was edited. Check the marked parts before publishing.",
)
AUTOMATIC = Text("otomatis", "automatic")
EDITED = Text("disunting", "edited")
CHECK = Text("data berubah, periksa", "data changed, check")


@dataclass(frozen=True)
class _Place:
    """Where a text is written: whose report, in which language, and when."""

    database: Database
    result: UnitResult
    language: Language
    now: datetime


def show(database: Database, result: UnitResult, now: datetime) -> None:
    """Every passage of the report of `result`; a change is kept as soon as the field is left."""
    st.markdown(
        t(
            "Naskah disusun otomatis dari data. Buka bagian yang ingin disunting. Perubahan tersimpan "
            "otomatis setelah Anda mengeklik di luar kotak teks. Baris kosong memulai alinea baru. "
            "Angka, tabel, dan gambar tidak dapat disunting.",
            "The text is written from the data. Open a part to edit it. Changes are saved when you click "
            "outside the box. A blank line starts a new paragraph. Numbers, tables and figures cannot be "
            "edited.",
        )
    )
    chosen = st.segmented_control(
        t("Bahasa naskah", "Language of the text"),
        list(LANGUAGES),
        default=language(),
        required=True,
        format_func=lambda code: LANGUAGES[code],
        key="text-language",
    )
    drafts = report_texts.drafts(database, result)
    if any(not draft.current for found in drafts.values() for draft in found.values()):
        st.warning(say(DATA_CHANGED))
    _show_passages(_Place(database, result, chosen, now), drafts[chosen])


def _show_passages(place: _Place, drafts: Mapping[str, Draft]) -> None:
    automatic = passages.written(place.result, Voice(place.language))
    for key, title in passages.TITLES.items():
        draft = drafts.get(key)
        label = f"{say(title)} · {_state(draft)}"
        with st.expander(label, expanded=draft is not None):
            _passage(place, key, automatic[key], draft)


def _state(draft: Draft | None) -> str:
    if draft is None:
        return say(AUTOMATIC)
    return say(EDITED) if draft.current else say(CHECK)


def _passage(place: _Place, key: str, automatic: str, draft: Draft | None) -> None:
    standing = automatic if draft is None else draft.text
    saved = t("Naskah tersimpan.", "Text saved.")
    # A field of its own for every text that stands: what was typed into the last one is not kept.
    digest = hashlib.sha256(f"{place.result.period} {standing}".encode()).hexdigest()[:8]
    written = st.text_area(
        say(passages.TITLES[key]),
        standing,
        height="content",
        max_chars=report_texts.TEXT_MAX,
        label_visibility="collapsed",
        key=f"text-{place.result.entry.unit.code}-{place.language}-{key}-{digest}",
    ).strip()
    if written != standing.strip():
        acting.act(lambda: _keep(place, key, written, automatic), saved)
    if draft is None:
        return
    st.html(_beside(automatic))
    with st.container(horizontal=True):
        if not draft.current and st.button(
            t("Sudah diperiksa, pakai naskah ini", "Checked, keep this text"),
            key=f"keep-{place.language}-{key}",
        ):
            acting.act(lambda: _keep(place, key, written, automatic), saved)
        if st.button(
            t("Kembalikan ke naskah otomatis", "Restore the automatic text"),
            key=f"reset-{place.language}-{key}",
        ):
            done = t("Kembali ke naskah otomatis.", "Restore the automatic text.")
            acting.act(lambda: _reset(place, key), done)


def _beside(automatic: str) -> str:
    """The automatic text under the unit's own, as plain text."""
    title = escape(t("Naskah otomatis dari data saat ini", "Automatic text from the data as they are"))
    words = "".join(f"<p>{escape(part)}</p>" for part in automatic.split("\n\n") if part)
    return f'<div class="aside"><strong>{title}</strong>{words or "<p>–</p>"}</div>'


def _keep(place: _Place, key: str, written: str, automatic: str) -> None:
    """Keep the unit's words; an emptied field, or the automatic text again, is no draft."""
    if not written or written == automatic.strip():
        _reset(place, key)
        return
    who = acting.who()
    report_texts.save(place.database, who, place.result, place.language, key, written, place.now)


def _reset(place: _Place, key: str) -> None:
    report_texts.discard(place.database, acting.who(), place.result, place.language, key)
