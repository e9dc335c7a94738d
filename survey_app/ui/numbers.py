"""Numbers as people read them: a decimal comma in Bahasa Indonesia, a decimal point in English."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from analytics.rounding import half_up
from survey_app.text import Language

#: Stands where a value is undefined; the reason is said beside it.
UNDEFINED = "–"
_SEPARATORS = str.maketrans(",.", ".,")


def decimal(value: Decimal | Fraction | float | None, language: Language, places: int = 2) -> str:
    """`value` rounded half up to `places`: 1.234,50 or 1,234.50; a dash when undefined."""
    if value is None:
        return UNDEFINED
    exact = half_up(value, places) if isinstance(value, Fraction) else Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return _localised(f"{rounded:,}", language)


def whole(value: int | None, language: Language) -> str:
    """1.234 or 1,234; a dash when undefined."""
    return UNDEFINED if value is None else _localised(f"{value:,}", language)


def percent(share: Fraction | float | None, language: Language, places: int = 0) -> str:
    """A share of 1 as 12 % or 12,5 %; a dash when undefined."""
    if share is None:
        return UNDEFINED
    return f"{decimal(Fraction(share) * 100, language, places)} %"


def interval(limits: tuple[float, float] | None, language: Language, places: int = 2) -> str:
    """76,10 – 81,20; a dash when undefined."""
    if limits is None:
        return UNDEFINED
    return f"{decimal(limits[0], language, places)} – {decimal(limits[1], language, places)}"


def signed(value: Fraction | float | None, language: Language, places: int = 2) -> str:
    """+1,20 or −1,20; a dash when undefined."""
    if value is None:
        return UNDEFINED
    return f"{'−' if value < 0 else '+'}{decimal(-value if value < 0 else value, language, places)}"


def _localised(text: str, language: Language) -> str:
    return text.translate(_SEPARATORS) if language == "id" else text
