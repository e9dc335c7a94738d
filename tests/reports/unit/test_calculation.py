"""The computation that a report prints, followed by an outsider: it gives the printed value, every time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from analytics.ikm import scoring
from analytics.ikm.moments import IntArray, Moments
from analytics.period import Period
from survey_app import instruments
from survey_app.reports.typesetting.blocks import Paragraph
from survey_app.reports.unit import annexes
from survey_app.services.disclosure.outgoing import UnitPaper
from survey_app.services.follow_up.effect import NOTHING
from survey_app.services.ikm.results import PeriodResult, UnitResult
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.places import Agency, Unit
from survey_app.text import Language
from survey_app.wording.voice import Voice
from tests.reports import samples

SKM = instruments.get("skm-2017@1")
UNEQUAL = tuple(Fraction(i, 45) for i in range(1, 10))


def printed(sheets: IntArray, weights: tuple[Fraction, ...] = SKM.weights, language: Language = "id") -> str:
    """The line of the annex, from the sheets of a period."""
    instrument = replace(SKM, weights=weights)
    moments = Moments.from_answers(sheets, SKM.levels)
    score = scoring.score(moments, weights=weights, bands=SKM.bands)
    unit = Unit(id=0, agency_id=0, code="x", name="X", time_zone="UTC", instrument=SKM.ref, active=True)
    period = PeriodResult(Period.parse("2019-S1"), moments, score, population_ignored=False)
    result = UnitResult(
        entry=UnitEntry(Agency(0, "a", "A"), unit, ()),
        service=None,
        instrument=instrument,
        trend=(period,),
        respondents=(),
        others=(),
    )
    paper = UnitPaper(internal=True, result=result, profiles=(), sheets=None, quotes=None, follow_up=NOTHING)
    blocks = annexes.method(paper, (), Voice(language))
    return next(b.text for b in blocks if isinstance(b, Paragraph) and b.text.startswith(("Hit", "Calc")))


def plain(text: str) -> str:
    """A printed Indonesian number as programs write it."""
    return text.replace(".", "").replace(",", ".")


def followed(line: str, number: Callable[[str], Any]) -> Any:
    """What the left side of the line gives when its keys are pressed from left to right."""
    keys = re.findall(r"[\d.]+|[()+×/]", line.removeprefix("Hitungan: ").split(" = ")[0])

    def total() -> Any:
        found = product()
        while keys and keys[0] == "+":
            keys.pop(0)
            found = found + product()
        return found

    def product() -> Any:
        found = factor()
        while keys and keys[0] in "×/":
            found = found * factor() if keys.pop(0) == "×" else found / factor()
        return found

    def factor() -> Any:
        key = keys.pop(0)
        if key != "(":
            return number(plain(key))
        found = total()
        assert keys.pop(0) == ")"
        return found

    result = total()
    assert keys == []
    return result


def told(line: str) -> Decimal:
    """The rounded value at the end of the line."""
    match = re.fullmatch(r".* dibulatkan menjadi ([\d,]+)\.", line)
    assert match is not None
    return Decimal(plain(match[1]))


def cents(value: Fraction) -> Decimal:
    """Half up to two decimals, in whole numbers."""
    return Decimal((200 * value.numerator + value.denominator) // (2 * value.denominator)) / 100


def tables(count: int, unanswered: float) -> list[IntArray]:
    generator = np.random.default_rng(7)
    made = []
    for _ in range(count):
        n = int(generator.integers(1, 400))
        sheets = generator.choice([1, 2, 3, 4], (n, 9), p=[0.05, 0.1, 0.5, 0.35])
        sheets[1:][generator.random((n - 1, 9)) < unanswered] = 0
        made.append(sheets.astype(np.int64))
    return made


@pytest.mark.parametrize("weights", [SKM.weights, UNEQUAL])
@pytest.mark.parametrize("unanswered", [0.0, 0.1])
def test_whoever_follows_the_line_gets_the_printed_value(
    weights: tuple[Fraction, ...], unanswered: float
) -> None:
    for sheets in tables(200, unanswered):
        line = printed(sheets, weights)
        value = followed(line, Fraction)
        assert cents(value) == told(line), line
        # And the decimals between are the first ones of the same number.
        shown = re.search(r" = ([\d,]+)(…?), dibulatkan", line)
        assert shown is not None
        assert Fraction(plain(shown[1])) == Fraction((value * 10**6).__floor__(), 10**6)
        assert (shown[2] == "") == (value * 10**6 == (value * 10**6).__floor__())


class Pocket:
    """A calculator of ten digits: every key rounds."""

    _digits = Context(prec=10)

    def __init__(self, value: Decimal | str) -> None:
        self.value = Decimal(value)

    def __add__(self, other: Pocket) -> Pocket:
        return Pocket(self._digits.add(self.value, other.value))

    def __mul__(self, other: Pocket) -> Pocket:
        return Pocket(self._digits.multiply(self.value, other.value))

    def __truediv__(self, other: Pocket) -> Pocket:
        return Pocket(self._digits.divide(self.value, other.value))


@pytest.mark.parametrize("unanswered", [0.0, 0.1])
def test_a_pocket_calculator_is_enough(unanswered: float) -> None:
    for sheets in tables(200, unanswered):
        line = printed(sheets)
        value = followed(line, Pocket).value
        assert value.quantize(Decimal("0.01"), ROUND_HALF_UP) == told(line), line


def test_a_half_is_seen_as_one() -> None:
    # 175 sheets of 3 and 25 of 4: 625 / 200 x 25 = 78.125.
    line = printed(np.array([[3] * 9] * 175 + [[4] * 9] * 25))
    assert line == (
        "Hitungan: (625 + 625 + 625 + 625 + 625 + 625 + 625 + 625 + 625)/200 × 1/9 × 25 = 78,125000, "
        "dibulatkan menjadi 78,13."
    )


def test_sekadau_by_hand() -> None:
    # The totals of the published table: 1389 / 49 / 9 x 25 = 78.741496...
    sheets = np.array(samples.sekadau_rows())
    sums = "(138 + 139 + 150 + 177 + 159 + 163 + 161 + 143 + 159)/49 × 1/9 × 25"
    assert printed(sheets) == f"Hitungan: {sums} = 78,741496…, dibulatkan menjadi 78,74."
    assert printed(sheets, language="en") == f"Calculation: {sums} = 78.741496…, rounded to 78.74."
