"""The questionnaire as one component inside st.form: faces with words, native radio buttons, no iframe."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from survey_app.instruments import Element, Instrument
from survey_app.text import Language
from survey_app.ui.faces import drawing


def questionnaire(
    instrument: Instrument, language: Language, problems: Mapping[str, str], *, attempt: int, key: str
) -> dict[str, int]:
    """Draw every unsur of `instrument` and return the scores chosen so far by unsur key.

    Args:
        instrument: whose elements and labels are drawn.
        language: of questions and labels.
        problems: what is wrong, by unsur key; shown at that unsur, and the first one is scrolled to.
        attempt: counts the tries to send; each one with problems scrolls to the first again.
        key: a new key is an empty questionnaire.
    """
    data = {
        "elements": [_element(e, language) for e in instrument.elements],
        "faces": [_picture(level, instrument.levels) for level in range(1, instrument.levels + 1)],
        "problems": dict(problems),
        "attempt": attempt,
        "name": key,
    }
    state = _component()(key=key, data=data, default={"answers": {}}, on_answers_change=lambda: None)
    return {str(k): int(v) for k, v in (state.get("answers") or {}).items()}


def _picture(level: int, levels: int) -> str:
    attributes = 'class="face" viewBox="0 0 32 32" aria-hidden="true" focusable="false"'
    return f"<svg {attributes}>{drawing(level, levels)}</svg>"


def _element(element: Element, language: Language) -> dict[str, Any]:
    return {
        "key": element.key,
        "number": element.number,
        "name": element.name.in_language(language),
        "question": element.question.in_language(language),
        "labels": [label.in_language(language) for label in element.labels],
    }


@cache
def _component() -> Any:
    script, style = (Path(__file__).with_suffix(suffix).read_text("utf-8") for suffix in (".js", ".css"))
    return st.components.v2.component(
        "questionnaire", html='<div class="unsur-list"></div>', css=style, js=script
    )
