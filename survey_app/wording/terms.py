"""The regulation's words that head columns and boxes, and what they are called in English."""

from __future__ import annotations

from survey_app.text import Text

UNSUR = Text("Unsur", "Service element")
MUTU = Text("Mutu", "Grade")
