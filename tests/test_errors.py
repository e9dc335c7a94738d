"""What an error prints: one line for itself and one for each of its problems, whatever was typed."""

from __future__ import annotations

from survey_app.errors import Problem, Refused
from survey_app.text import Text, visible

TYPED = "\x1b[2J\u202eab\r\nc"
WORDS = Text("Kode “{code}” salah.", "The code “{code}” is wrong.")


def test_what_nobody_sees_is_written_as_its_escape() -> None:
    assert visible(TYPED) == r"\x1b[2J\u202eab\r\nc"
    assert visible("“Ño” – 1\u00a0%") == "“Ño” – 1\u00a0%"


def test_a_terminal_reads_an_error_and_does_not_obey_it() -> None:
    text = WORDS.format(code=TYPED)
    error = Refused("input", text, [Problem("code", TYPED, text), Problem("code", "", text)])
    said = r"Kode “\x1b[2J\u202eab\r\nc” salah."
    assert str(error).splitlines() == [
        f"{said} [input]",
        rf"  \x1b[2J\u202eab\r\nc: {said} [code]",
        f"  {said} [code]",
    ]
    assert error.text == text
