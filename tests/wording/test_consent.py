"""Consent was given to one text: another text has another version, and nobody's approval yet."""

from __future__ import annotations

import hashlib
from pathlib import Path

from survey_app.services.answers import consent
from survey_app.text import Text
from tests.wording import golden

#: The version, and its text in both languages.
IN_FORCE = (2, "50195883ce06")
PAGE = Path(__file__).parents[2] / "docs/decisions/consent.md"


def test_another_text_of_consent_has_another_version() -> None:
    assert (consent.VERSION, _digest(golden.kept_for_scripts()["web.words.json[consent]"])) == IN_FORCE


def test_the_version_in_force_is_on_the_page_of_its_versions_with_its_mark() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"**Mark: version {consent.VERSION} has not been approved by a jurist.**" in page
    assert f"\n| {consent.VERSION} | " in page


def _digest(text: Text) -> str:
    return hashlib.sha256(f"{text.id}\n{text.en}".encode()).hexdigest()[:12]
