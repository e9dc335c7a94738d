"""A paper form typed with the keyboard alone, as one component: digits answer, Enter saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import streamlit as st

from survey_app.instruments import Instrument
from survey_app.ui.words import language, t


@dataclass(frozen=True)
class Typed:
    """What was typed when Enter was pressed, for the sheet `id`."""

    id: UUID
    number: str
    answers: Mapping[str, int | None]
    profile: Mapping[str, str]
    comment: str


def paper_sheet(
    instrument: Instrument, sheet: UUID, number: str, problems: Sequence[str], attempt: int
) -> Typed | None:
    """Draw the sheet; what was typed when it has just been saved, else None.

    A new `sheet` is an empty form, its number filled with `number`; a new `attempt` shows `problems`.
    """
    data = {
        "id": str(sheet),
        "number": number,
        "problems": list(problems),
        "attempt": attempt,
        "levels": instrument.levels,
        "commentMax": instrument.comment_max,
        "words": _words(instrument),
        **_questions(instrument),
    }
    state = _component()(key="paper-sheet", data=data, on_sheet_change=lambda: None)
    return _typed(state.get("sheet"))


def _typed(value: Any) -> Typed | None:
    if not value:
        return None
    return Typed(
        UUID(value["id"]),
        str(value["number"]),
        {str(key): int(digit) if digit and digit != "0" else None for key, digit in value["answers"].items()},
        {str(key): str(option) for key, option in value["profile"].items() if option},
        str(value["comment"]),
    )


def _words(instrument: Instrument) -> dict[str, str]:
    return {
        "number": t("Nomor lembar", "Sheet number"),
        "answers": t("Jawaban", "Answers"),
        "hint": t(
            "Ketik 1 sampai {levels}; 0 jika tidak dijawab. Tekan Enter untuk menyimpan, Backspace untuk "
            "mundur.",
            "Type 1 to {levels}; 0 if unanswered. Press Enter to save, Backspace to go back.",
            levels=instrument.levels,
        ),
        "none": t("Tidak diisi", "Not stated"),
        "comment": instrument.comment_prompt.in_language(language()),
        "save": t("Simpan (Enter)", "Save (Enter)"),
    }


def _questions(instrument: Instrument) -> dict[str, Any]:
    lang = language()
    return {
        "elements": [
            {"key": e.key, "number": e.number, "name": e.name.in_language(lang)} for e in instrument.elements
        ],
        "profile": [
            {
                "key": f.key,
                "name": f.name.in_language(lang),
                "options": [{"key": o.key, "label": o.label.in_language(lang)} for o in f.options],
            }
            for f in instrument.profile
        ],
    }


@cache
def _component() -> Any:
    script, style = (Path(__file__).with_suffix(suffix).read_text("utf-8") for suffix in (".js", ".css"))
    return st.components.v2.component("paper_sheet", html='<div class="paper"></div>', css=style, js=script)
