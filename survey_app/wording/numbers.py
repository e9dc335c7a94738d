"""Numbers as people read them, in the same voice as the reports; a dash where a value is undefined."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from survey_app.text import Language
from survey_app.wording.voice import Voice

#: Stands where a value is undefined; the reason is said beside it.
UNDEFINED = "–"
Number = Decimal | Fraction | float


def decimal(value: Number | None, language: Language, places: int = 2) -> str:
    """`value` rounded half up to `places`: 1.234,50 or 1,234.50."""
    return UNDEFINED if value is None else Voice(language).decimal(value, places)


def whole(value: int | None, language: Language) -> str:
    """1.234 or 1,234."""
    return UNDEFINED if value is None else Voice(language).count(value)


def percent(share: Fraction | float | None, language: Language, places: int = 0) -> str:
    """A share of 1 as 12% or 12,5%."""
    if share is None:
        return UNDEFINED
    return Voice(language).percent(*Fraction(share).as_integer_ratio(), places)


def interval(limits: tuple[float, float] | None, language: Language, places: int = 2) -> str:
    """76,10–81,20."""
    return UNDEFINED if limits is None else Voice(language).interval(limits, places)


def signed(value: Number | None, language: Language) -> str:
    """+1,20 or −1,20."""
    return UNDEFINED if value is None else Voice(language).signed(value)


def limit(value: Number, language: Language, places: int = 2) -> str:
    """An end of the interval of a difference: −0,004 where −0,00 would not tell that it is below 0."""
    return Voice(language).limit(value, places)
