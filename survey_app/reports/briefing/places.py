"""The agencies of the sheet, or the units of one of them, as dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.reports.briefing.shortened import shortened
from survey_app.reports.typesetting.figures import DotRow, Figure, dot_plot
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.ikm.results import UnitResult
from survey_app.services.province import agencies
from survey_app.services.province.agencies import OfAgency
from survey_app.text import Text
from survey_app.wording import briefing_words, headline, numbers
from survey_app.wording.voice import Voice

#: Rows there is room for: of more the highest and the lowest.
ROWS = 12
LEGEND = Text(
    "Pita: selang 95%. Titik kecil: satu unit layanan.", "Bands: 95% intervals. Small dots: service units."
)
LEGEND_OF_UNITS = Text("Pita: selang 95%.", "Bands: 95% intervals.")
IN_BETWEEN = Text(
    "{n} lainnya, dengan nilai di antara keduanya, tidak digambar.", "Not drawn, with scores in between: {n}."
)
_USUAL = ("Dinas ", "Badan ")


@dataclass(frozen=True)
class Drawn:
    """The figure, None where nothing has a value; its title and what is said below it."""

    title: str
    figure: Figure | None
    note: str


def drawn(briefing: Briefing, voice: Voice) -> Drawn:
    """Every place of the scope as the page orders them, the highest first."""
    rows = agencies.by_agency(briefing.summary, briefing.method)
    return _agencies(rows, briefing, voice) if len(rows) > 1 else _units(briefing, voice)


def _agencies(rows: Sequence[OfAgency], briefing: Briefing, voice: Voice) -> Drawn:
    grading = briefing.summary.grading
    low = agencies.low_letters(grading)
    had = [one for one in low if any(u.score.mutu == one for row in rows for u in row.units)] or low[:1]
    heads = [voice.text(briefing_words.LOW.format(low="/".join(had)))] if low else []
    title = voice.text(headline.of_agencies(rows, grading.letters, low))
    dots = [_agency(row, briefing, voice, low=bool(low)) for row in rows]
    return _drawn(title, dots, [*heads, "IP ASN"], briefing, voice, LEGEND)


def _agency(row: OfAgency, briefing: Briefing, voice: Voice, *, low: bool) -> DotRow:
    band = row.index.band
    measure = briefing.agencies.get(row.agency.code)
    staff = None if measure is None or measure.index is None else measure.index.total.value
    of = voice.text(briefing_words.OF.format(n=row.low, all=len(row.units))) if row.low else numbers.UNDEFINED
    return DotRow(
        label=_short(row.agency.name),
        value=row.index.estimate.value,
        interval=row.index.estimate.interval,
        letter=band.mutu if band else None,
        around=[(float(u.score.exact or 0), u.score.mutu) for u in row.units],
        cells=[*([of] if low else []), numbers.decimal(staff, voice.language)],
    )


def _units(briefing: Briefing, voice: Voice) -> Drawn:
    valued = [u for u in briefing.summary.units if u.score.exact is not None]
    ordered = sorted(valued, key=lambda u: u.score.exact or 0, reverse=True)
    dots = [_unit(unit, voice) for unit in ordered]
    return _drawn(voice.text(briefing_words.UNITS_BY_IKM), dots, ["n"], briefing, voice, LEGEND_OF_UNITS)


def _unit(unit: UnitResult, voice: Voice) -> DotRow:
    return DotRow(
        label=shortened(unit.entry.unit.name, 60),
        value=float(unit.score.exact or 0),
        interval=unit.score.interval,
        letter=unit.score.mutu,
        cells=[voice.count(unit.score.n)],
    )


def _drawn(
    title: str, rows: Sequence[DotRow], heads: Sequence[str], briefing: Briefing, voice: Voice, legend: Text
) -> Drawn:
    if not rows:
        # As is said of the index: nothing stands under a title without a reason.
        return Drawn(title, None, " ".join(briefing_words.remarks(briefing.summary, voice)[:1]))
    half, bands = ROWS // 2, briefing.summary.grading.bands or ()
    shown = rows if len(rows) <= ROWS else [*rows[:half], *rows[-half:]]
    said = [voice.text(legend)]
    if left := len(rows) - len(shown):
        said.append(voice.text(IN_BETWEEN.format(n=voice.count(left))))
    return Drawn(title, dot_plot(shown, heads, bands, voice), " ".join(said))


def _short(name: str) -> str:
    """As on the page, without what all of them have."""
    short = next((name.removeprefix(usual) for usual in _USUAL if name.startswith(usual)), name)
    return shortened(short, 60)
