"""Personal numbers and addresses taken out of free text before anyone reads it."""

from __future__ import annotations

import re

NIK, PHONE, EMAIL = "[NIK]", "[telepon]", "[surel]"

_GAP = r"[\s.\-/()]{0,3}"  # people write numbers in groups
_EMAIL = re.compile(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+")
_LONG = re.compile(rf"\d(?:{_GAP}\d){{15,}}")
_PHONE = re.compile(rf"(?<![\d.,])\(?(?:\+\s?62|62|0)\)?(?:{_GAP}\d){{8,13}}(?!\d)")


def redact(text: str) -> str:
    """`text` with e-mail addresses, numbers of 16 digits or more and telephone numbers replaced.

    16 digits are a NIK (or a family card's number); they may be grouped by up to three spaces, dots, hyphens,
    slashes or brackets. Telephone numbers start with +62, 62 or 0 and have 9 to 15 digits. Amounts of money
    and dates stay. Applying it twice changes nothing more.
    """
    without_mail = _EMAIL.sub(EMAIL, text)
    return _PHONE.sub(PHONE, _LONG.sub(NIK, without_mail))
