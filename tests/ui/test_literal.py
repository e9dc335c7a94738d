"""Text that comes from people is shown as it is inside Markdown."""

from __future__ import annotations

import pytest

from survey_app.ui import literal


@pytest.mark.parametrize(
    ("written", "escaped"),
    [
        ("Unit Satu (Loket 1)", "Unit Satu (Loket 1)"),
        ("[x](http://y)", r"\[x\](http\://y)"),
        ("**a** _b_ `c`", r"\*\*a\*\* \_b\_ \`c\`"),
        (":red[a] $x$", r"\:red\[a\] \$x\$"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("www.x.id", r"www\.x.id"),
        ("a\\b", r"a\\b"),
    ],
)
def test_every_mark_is_led_by_a_backslash(written: str, escaped: str) -> None:
    """CommonMark 2.4: a backslash before a mark of ASCII makes it text."""
    assert literal.text(written) == escaped
