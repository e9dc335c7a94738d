"""What stands in a file or was typed by somebody, as text inside Markdown."""

from __future__ import annotations

import re

#: What Markdown, and Streamlit's colours, icons and formulas, would take as a mark.
_MARKS = re.compile(r"[\\`*_\[\]{}<>$~#|:!&]|(?<=www)\.")


def text(written: str) -> str:
    """`written`, shown as it is: no link, picture, emphasis, colour or formula comes of it."""
    return _MARKS.sub(lambda mark: f"\\{mark[0]}", written)
