"""Whoever reads a page is told what to do there: options and commands are the command line's to name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from survey_app.text import Text
from tests.wording import golden

#: Said only where somebody has typed a command: no page imports answers from files, copies the database or
#: starts the server.
_TYPED = ("cli.", "services.imports.", "storage.backup.", "storage.rights")
_COMMAND = re.compile(r"(?<!\w)--[a-z]|python -m ")


def named(texts: Mapping[str, Text]) -> list[str]:
    """Which of `texts` names an option or a command outside the command line."""
    shown = {name: text for name, text in texts.items() if not name.startswith(_TYPED)}
    return [name for name, text in shown.items() if _COMMAND.search(f"{text.id} {text.en}")]


def test_no_page_names_an_option_of_the_command_line() -> None:
    assert named(golden.everything()) == []


def test_an_option_on_a_page_would_be_found() -> None:
    said = Text("Setujui dengan --replace", "Agree with --replace")
    run = Text("Jalankan: python -m survey_app", "Run: python -m survey_app")
    found = named(
        {"services.a(0)": said, "pages.b(0)": run, "cli.c(0)": said, "pages.d(0)": Text("a–b", "a -- b")}
    )
    assert found == ["services.a(0)", "pages.b(0)"]
