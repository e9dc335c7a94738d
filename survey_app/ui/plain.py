"""Text that somebody typed, for the places where Streamlit reads Markdown: it shows as it was typed.

Streamlit takes Markdown in headings, messages, captions, labels of widgets and in the options of pills and
radio buttons; options of a select box are plain. Backslashes undo what the Markdown parser reads. Icons,
colours, emoji and addresses are looked for afterwards, in the text itself, where no backslash is left: an
invisible word joiner parts them.
"""

from __future__ import annotations

import re

from survey_app.text import Text
from survey_app.ui.words import say

#: Takes no room and forbids no break; what follows it is no longer next to what stood before.
_PART = "\u2060"
_SIGNS = re.compile(r"[\\`*_\[\]<>&$~|{}]")
#: What begins a heading, a list or a rule at the start of a line.
_START = re.compile(r"^(?=[#+=-])")
_NUMBERED = re.compile(r"^(\d+)(?=[.)])")
#: Icons, colours and emoji (:material/home:, :red[..], :smile:), addresses, e-mail, and arrows (->, --, >=).
_PARTED = re.compile(r"(?<=:)(?=\S)|(?<=\bwww)(?=\.)|(?<=\w@)(?=\w)|(?<=[-<>=!~])(?=[-=>])", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` on one line, in a form that Markdown shows as it is."""
    line = " ".join(text.split())
    parted = _PARTED.sub(_PART, line)
    escaped = _SIGNS.sub(lambda sign: f"\\{sign[0]}", parted)
    return _NUMBERED.sub(r"\1\\", _START.sub(r"\\", escaped))


def tell(text: Text) -> str:
    """What a service says, in the chosen language: it may repeat what somebody typed."""
    return plain(say(text))
