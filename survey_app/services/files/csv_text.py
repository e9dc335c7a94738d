"""Text for CSV files that spreadsheets will open."""

from __future__ import annotations

#: What a spreadsheet takes as the beginning of a formula, or skips before one.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n")


def never_a_formula(cell: object) -> object:
    """Text that a spreadsheet would compute is led by an apostrophe (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_COMPUTED) else cell
