"""How questionnaires grade: the table that several share, and what is said of a letter where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analytics import Reason
from analytics.comparison import Aggregate
from analytics.ikm import Band
from survey_app.instruments import Instrument
from survey_app.text import Text


@dataclass(frozen=True)
class Grading:
    """How some questionnaires grade.

    Attributes:
        bands: the one table of all of them, ascending; None where they have different ones, or there is none.
        letters: every letter in use, the best first.
        words: kinerja by letter; a letter for which the questionnaires have different words has none.
    """

    bands: tuple[Band, ...] | None
    letters: tuple[str, ...]
    words: Mapping[str, Text]


def grading(instruments: Iterable[Instrument]) -> Grading:
    """How `instruments` grade; tables with the same `limits` are one."""
    forms = list(instruments)
    tables = {limits(form.bands): form.bands for form in forms}
    bands = {band for form in forms for band in form.bands}
    ordered = sorted(bands, key=lambda b: (b.high, b.low, b.mutu), reverse=True)
    words: dict[str, set[Text]] = {}
    for form in forms:
        for letter, word in form.kinerja.items():
            words.setdefault(letter, set()).add(word)
    return Grading(
        next(iter(tables.values())) if len(tables) == 1 else None,
        tuple(dict.fromkeys(band.mutu for band in ordered)),
        {letter: found.pop() for letter, found in words.items() if len(found) == 1},
    )


def background(instruments: Iterable[Instrument]) -> tuple[Band, ...]:
    """What stands behind values of several questionnaires: their table; where they differ, only the scale."""
    forms = list(instruments)
    same = grading(forms).bands
    if same is not None or not forms:
        return same or ()
    low, high = min(form.bands[0].low for form in forms), max(form.bands[-1].high for form in forms)
    return (Band("", "", low, high),)


def limits(bands: Iterable[Band]) -> frozenset[tuple[str, Decimal, Decimal]]:
    """What makes tables the same: letters and limits. Words may be put better later."""
    return frozenset((b.mutu, b.low, b.high) for b in bands)


def without_letter(index: Aggregate) -> Reason | None:
    """Why a value of several units has no letter; None where it has one, or there is no value."""
    if index.estimate.exact is None or index.band is not None:
        return None
    return Reason.DIFFERENT_BANDS


def why_not_ordinary(index: Aggregate) -> Reason | None:
    """Why value, interval or letter is missing, the first of them."""
    return index.estimate.reason or without_letter(index)
