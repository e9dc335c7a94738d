"""Which version of the consent text is in force, and which one is stored beside an answer.

The text is `consent` in web/words.json, for the form on phones, the kiosk and the tablet page.
docs/decisions/consent.md says what each version was.
"""

from __future__ import annotations

#: Raised whenever the text of either language changes; a test holds the two together.
VERSION = 2


def recorded(shown: int | None) -> int | None:
    """The version to store for an answer whose page said that it had shown `shown`.

    None, not recorded, where nothing was said (a page of an older release, a paper sheet, a file), and where
    it is no version that this release knows: what a page says of itself never costs its answer, and a number
    that stands for no text would be evidence of nothing.
    """
    return shown if shown is not None and 1 <= shown <= VERSION else None
