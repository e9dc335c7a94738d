"""The agencies as a sorted dot plot, or the units of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from survey_app.services.briefing.briefing import Briefing
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province import agencies
from survey_app.services.province.agencies import OfAgency
from survey_app.ui import links, marks
from survey_app.ui.marks import Scale
from survey_app.ui.words import language, say, t
from survey_app.wording import briefing_words, headline, numbers

#: Left out of a name where there is no room for what all of them have.
_USUAL = ("Dinas ", "Badan ")


def html(shown: Briefing) -> str:
    """Every place of the scope, the highest first, on one scale."""
    rows = agencies.by_agency(shown.summary, shown.method)
    return _agencies(rows, shown) if len(rows) > 1 else _units(shown)


def _agencies(rows: Sequence[OfAgency], shown: Briefing) -> str:
    """Each with its interval, its units as dots, and how many of them have a low letter."""
    grading = shown.summary.grading
    low = agencies.low_letters(grading)
    had = [letter for letter in low if any(u.score.mutu == letter for row in rows for u in row.units)] or low[
        :1
    ]
    scale = Scale.of([*_ends(row.index.estimate.interval for row in rows), *_values(shown.summary.units)])
    heads = [(say(briefing_words.LOW.format(low="/".join(had))), "low"), ("IP ASN", "asn")]
    body = "".join(_agency(row, shown, scale) for row in rows)
    title = say(headline.of_agencies(rows, grading.letters, low))
    table = _table(say(briefing_words.AGENCY), heads if low else heads[1:], body, shown, scale)
    agency = escape(t("nilai instansi dan selang 95%", "agency and 95% interval"))
    unit = escape(t("satu unit layanan", "one service unit"))
    legend = f'<p class="s sum-key"><i class="sum-ci"></i>{agency}<i class="sum-dot"></i>{unit}</p>'
    return f'<section class="sum-agy"><h2>{escape(title)}</h2>{table}{legend}</section>'


def _agency(row: OfAgency, shown: Briefing, scale: Scale) -> str:
    estimate, band, lang = row.index.estimate, row.index.band, language()
    letter = band.mutu if band else None
    around = [(float(u.score.exact or 0), u.score.mutu) for u in row.units]
    address = links.page(links.SUMMARY, agency=row.agency.code, period=shown.summary.period)
    cells = []
    if agencies.low_letters(shown.summary.grading):
        of = say(briefing_words.OF.format(n=row.low, all=len(row.units)))
        cells.append(("low" if row.low else "low z", of if row.low else numbers.UNDEFINED))
    measure = shown.agencies.get(row.agency.code)
    value = None if measure is None or measure.index is None else measure.index.total.value
    cells.append(("asn", numbers.decimal(value, lang)))
    plot = marks.plot(estimate.value, estimate.interval, letter, scale, around)
    return _row(row.agency.name, address, plot, (estimate.value, letter), cells)


def _units(shown: Briefing) -> str:
    """The units of one agency."""
    valued = sorted((u for u in shown.summary.units if u.score.exact is not None), key=_exact, reverse=True)
    intervals = (u.score.interval for u in valued)
    scale = Scale.of([*_ends(intervals), *_values(valued)])
    body = "".join(_unit(unit, shown, scale) for unit in valued)
    title = say(briefing_words.UNITS_BY_IKM)
    table = _table(say(briefing_words.UNIT), [("n", "asn")], body, shown, scale)
    return f'<section class="sum-agy"><h2>{escape(title)}</h2>{table}</section>'


def _unit(unit: UnitResult, shown: Briefing, scale: Scale) -> str:
    value, letter = _exact(unit), unit.score.mutu
    address = links.result(unit.entry.unit.code, shown.summary.period)
    plot = marks.plot(value, unit.score.interval, letter, scale)
    cells = [("asn", numbers.whole(unit.score.n, language()))]
    return _row(unit.entry.unit.name, address, plot, (value, letter), cells)


def _row(
    name: str,
    address: str,
    plot: str,
    value: tuple[float | None, str | None],
    cells: Iterable[tuple[str, str]],
) -> str:
    short = next((name.removeprefix(usual) for usual in _USUAL if name.startswith(usual)), name)
    link = f'<a href="{escape(address)}" target="_self" title="{escape(name)}">{escape(short)}</a>'
    number, letter = numbers.decimal(value[0], language()), escape(value[1] or "")
    rest = "".join(f'<td class="{kind}">{escape(text)}</td>' for kind, text in cells)
    return (
        f'<tr><th scope="row">{link}</th><td class="pl">{plot}</td>'
        f'<td class="v"><b>{escape(number)}</b> {letter}</td>{rest}</tr>'
    )


def _table(first: str, heads: Sequence[tuple[str, str]], body: str, shown: Briefing, scale: Scale) -> str:
    bands = shown.summary.grading.bands or ()
    rest = "".join(f'<th scope="col" class="{kind}">{escape(text)}</th>' for text, kind in heads)
    axis = f'<td class="axes">{marks.axis(bands, scale)}</td>'
    return (
        f'<div class="scroll"><table style="{marks.limits_of(bands, scale)}"><thead><tr>'
        f'<th scope="col">{escape(first)}</th>{axis}<th scope="col" class="v">IKM</th>{rest}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _exact(unit: UnitResult) -> float:
    return float(unit.score.exact or 0)


def _values(units: Iterable[UnitResult]) -> list[float]:
    return [float(u.score.exact) for u in units if u.score.exact is not None]


def _ends(intervals: Iterable[tuple[float, float] | None]) -> list[float]:
    return [end for interval in intervals for end in interval or ()]
