"""One exception for input that no number can be computed from; it says how to mend the input."""

from __future__ import annotations


class AnalyticsError(ValueError):
    """Input that the analytics refuse.

    Attributes:
        code: stable identifier, for programs and translations.
        got: what arrived.
        expected: what would have been accepted.
        hint: what to do about it.
    """

    def __init__(self, code: str, *, got: object, expected: str, hint: str = "") -> None:
        self.code, self.got, self.expected, self.hint = code, got, expected, hint
        super().__init__(f"{code}: got {got!r}, expected {expected}" + (f". {hint}" if hint else ""))
