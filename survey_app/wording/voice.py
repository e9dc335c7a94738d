"""How a report speaks: its words, numbers, dates and periods, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from analytics import Period, half_up
from survey_app import days
from survey_app.text import Language, Text

Number = int | float | Decimal | Fraction

#: Items named in a sentence; of more, the others are counted.
NAMED = 8
#: An end closer to 0 is 0, and a float that missed it.
_FINEST = 7
#: A decimal point and a thousands separator change places between the languages.
_INDONESIAN = str.maketrans(".,", ",.")


@dataclass(frozen=True)
class Voice:
    """Words and numbers in `language`: 2.000 and 78,74 in Indonesian, 2,000 and 78.74 in English."""

    language: Language

    def say(self, indonesian: str, english: str, /, **values: object) -> str:
        """The wording of this language, filled with `values`."""
        return (english if self.language == "en" else indonesian).format(**values)

    def text(self, text: Text) -> str:
        return text.in_language(self.language)

    def decimal(self, value: Number, places: int = 2) -> str:
        """`value` rounded half up to `places` decimals."""
        return self._separated(f"{half_up(Fraction(value), places):,f}")

    def digits(self, value: Fraction, places: int = 6) -> str:
        """The first decimals of `value` (not negative), with … where more follow: never rounded."""
        shown = Fraction((value * 10**places).__floor__(), 10**places)
        return self.decimal(shown, places) + ("" if shown == value else "…")

    def signed(self, value: Number, places: int = 2) -> str:
        """+1,20 or −1,20; what rounds to nothing is no fall: +0,00."""
        fall = value < 0 and half_up(abs(Fraction(value)), places) > 0
        return f"{'−' if fall else '+'}{self.decimal(abs(Fraction(value)), places)}"

    def limit(self, value: Number, places: int = 2) -> str:
        """An end of an interval, signed; one near 0 with as many decimals as tell on which side it lies."""
        told = (more for more in range(places, _FINEST) if half_up(abs(Fraction(value)), more))
        return self.signed(value, next(told, places))

    def count(self, value: int) -> str:
        return self._separated(f"{value:,}")

    def percent(self, part: int, whole: int, places: int = 1) -> str:
        """`part` of `whole` in percent; a dash when there is no whole.

        The sign follows the number without a space, in both languages and wherever the product writes a
        percentage: so Indonesian regulations print it, "25% (dua puluh lima persen)".
        """
        return f"{self.decimal(Fraction(100 * part, whole), places)}%" if whole else "–"

    def chance(self, probability: float) -> str:
        """A probability in whole percents; what is left to chance is never 0% or 100%."""
        rounded = round(100 * probability)
        if rounded < 1:
            return self.say("kurang dari 1%", "less than 1%")
        return self.say("lebih dari 99%", "more than 99%") if rounded > 99 else f"{rounded}%"

    def interval(self, interval: tuple[float, float], places: int = 2) -> str:
        """69,91–72,90."""
        low, high = interval
        return between(self.decimal(low, places), self.decimal(high, places))

    def date(self, day: date) -> str:
        """20 November 2026, in both languages."""
        return days.day(day, self.language)

    def period(self, period: Period) -> str:
        """Semester I 2019 or First half of 2019; Triwulan III 2024; Juli 2024; Tahun 2024."""
        return days.period(period, self.language)

    def within(self, period: Period) -> str:
        """The period inside a sentence: tahun 2024, Semester I 2019; the first half of 2019, 2024."""
        words = self.period(period)
        if self.language == "id":
            return words[0].lower() + words[1:] if period.kind == "year" else words
        article = "the " if period.kind == "semester" else ""
        return words if period.kind == "month" else article + words[0].lower() + words[1:]

    def short_period(self, period: Period) -> str:
        """The period under a tick of an axis: 2019, Sem I 2019, TW III 2024, Jul 2024; H1 2019, Q3 2024."""
        return days.short_period(period, self.language)

    def enumerate(self, items: list[str]) -> str:
        """A, B, dan C; semicolons where an item has a comma of its own."""
        if len(items) < 2:
            return "".join(items)
        comma = "; " if any("," in item for item in items) else ", "
        before = comma if len(items) > 2 or comma == "; " else " "
        return f"{comma.join(items[:-1])}{before}{self.say('dan', 'and')} {items[-1]}"

    def enumerate_some(self, items: Sequence[str], others: Text, most: int = NAMED) -> str:
        """The first `most` of many and the number of the others, in the words `others` with its {n}."""
        more = len(items) - most
        # A number in the place of one item would say less in no less room.
        told = list(items) if more <= 1 else [*items[:most], self.text(others.format(n=self.count(more)))]
        return self.enumerate(told)

    def _separated(self, english: str) -> str:
        return english if self.language == "en" else english.translate(_INDONESIAN)


def between(low: object, high: object) -> str:
    """From one to the other, of numbers, days or periods: 3–7, with the tight en dash of EYD V."""
    return f"{low}–{high}"
