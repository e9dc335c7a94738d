"""Numbers that point to nobody: times, dates, years, prices, numbers of regulations and letters."""

from __future__ import annotations

import re

_TIME = r"(?<!\d[.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?(?!\d|[.:]\d)"
_DATE = (
    r"(?:0?[1-9]|[12]\d|3[01])([-/.])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?!\d|[-/.]\d)"
    r"|(?:19|20)\d\d([-/.])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])(?!\d|[-/.]\d)"
)
_YEAR = r"(?:19|20)\d\d(?!\d)"
#: "14/2017", "800/123/2024", "188.44/123/2023": ends with a year and does not begin with 0, as a phone does.
_DOCUMENT = (
    r"(?:[1-9]\d{0,3}(?:\.\d{1,3}){1,5}(?:/\d{1,6}){0,2}|[1-9]\d{0,2}(?:/\d{1,6}){0,2}|[1-9]\d{3}(?:/\d{1,5})?)"
    r"/(?:19|20)\d\d(?!\d|/\d)"
)
_PLAIN = re.compile(f"{_TIME}|{_DATE}|{_DOCUMENT}|{_YEAR}")

_ROUND = re.compile(r"[1-9]\d{0,2}(?P<gap>[.,])(?:\d{3}(?P=gap)){0,1}\d{3}(?!\d|[.,]\d)")
_AMOUNT = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3}){1,5}(?:,\d\d)?(?!\d|[.,]\d)|[1-9]\d{0,12}(?!\d)")
_CURRENCY = re.compile(r"(?:\brp|\bidr|\busd)\s?[.:]?\s?$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:,-)?\s?(?:rupiah|rb|ribu|jt|juta|miliar|milyar|triliun|,-)(?![a-z])", re.IGNORECASE
)
_DECREE = re.compile(
    r"\b(?:sk|surat|perda|pergub|perwali|perbup|perpres|kepmen|permen\w{0,12}|keputusan|peraturan|uu|pp|inpres)"
    r"(?:\W{1,2}(?:no|nomor|nmr|tugas|keputusan|bupati|gubernur|wali\s?kota|menteri|edaran|keterangan)){0,3}\W{0,3}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d[\d.\-]{0,20}/[\d./\-]{0,30}\d(?!\d)")
_REACH = 40


def told_end(text: str, start: int) -> int | None:
    """Where the price or number of a regulation ends that begins at `start`, told by the words before."""
    before = text[max(0, start - _REACH) : start]
    if _CURRENCY.search(before[-8:]):
        amount = _AMOUNT.match(text, start)
        return amount.end() if amount else None
    decree = _NUMBERED.match(text, start) if _DECREE.search(before) else None
    return decree.end() if decree else None


def ordinary_end(text: str, start: int) -> int | None:
    """Where the ordinary number ends that begins at `start`; None where none is seen for certain."""
    amount = _AMOUNT.match(text, start)
    if amount and _COUNTED.match(text, amount.end()):
        return amount.end()
    rounded = _ROUND.match(text, start) if amount else None
    if rounded and _is_price(rounded[0]):
        return rounded.end()
    plain = _PLAIN.match(text, start)
    return plain.end() if plain else None


def _is_price(written: str) -> bool:
    """Thousands; of millions only what a price ends with, as "812.345.678" may be a telephone."""
    return len(written) <= 7 or written.endswith("000") or written[0] != "8"
