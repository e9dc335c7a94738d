"""What a figure shows, whoever draws it: on paper and public pages as SVG, on pages of staff interactively.

A plot holds the values, what they are read against, and the words for who cannot see it. Its renderers
(`reports/typesetting/figures`, `ui/charts`, `ui/cards`) choose size, colours, kind of mark, and how much
of the scale is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics import Period
from analytics.ikm import Band, Interval, UnsurResult
from survey_app.instruments import Element, Instrument
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.history import Step
from survey_app.services.ikm.profiles import ShownProfile
from survey_app.services.ip_asn.overview import YearPoint
from survey_app.text import Text
from survey_app.wording import terms
from survey_app.wording.ip_asn_words import category_text
from survey_app.wording.voice import Voice

#: One band: IP ASN has categories, whose names do not fit beside a picture.
_IP_ASN_SCALE = (Band("", "", Decimal(0), Decimal(100)),)
PER_UNSUR = Text("IKM per unsur", "IKM per service element")
#: Stands where a row has no value.
NOBODY = Text("belum ada yang menjawab", "nobody has answered")
WITHOUT_VALUE = Text("{label} tanpa nilai", "{label} without a score")
MEASURED_OTHERWISE = Text(
    ", diukur dengan aturan atau kuesioner lain", ", measured by another rule or questionnaire"
)


@dataclass(frozen=True)
class Strip:
    """A band of mutu, cut to the part of the scale that is drawn. `place`: its place in the table, from 0."""

    mutu: str
    low: float
    high: float
    place: int


def strips(bands: Sequence[Band], low: float, high: float) -> list[Strip]:
    """The bands between `low` and `high`, each up to where the next begins; what lies outside is left out."""
    starts = [float(band.low) for band in bands]
    cut = [
        Strip(band.mutu, max(start, low), min(end, high), place)
        for place, (band, start, end) in enumerate(zip(bands, starts, [*starts[1:], high], strict=False))
    ]
    return [strip for strip in cut if strip.low < strip.high]


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """A value in one period, None when undefined: a gap, never a zero.

    Attributes:
        mutu: its letter, if it has one; `called`: what the value is called in words, told with it.
        n: None where nothing is known, which is not the same as nobody.
        break_before: measured by another rule or form than the point before, so not joined to it.
    """

    period: Period
    value: Decimal | float | None
    interval: Interval | None = None
    mutu: str | None = None
    called: Text | None = None
    n: int | None = None
    break_before: bool = False

    @property
    def reach(self) -> Interval:
        """The interval, or the value alone: never away from the value, which is rounded and it is not."""
        value = float(self.value or 0)
        low, high = self.interval or (value, value)
        return min(low, value), max(high, value)


@dataclass(frozen=True, kw_only=True)
class TrendPlot:
    """A value over periods with its 95% intervals, against the bands of mutu. `of` says what the value is."""

    points: tuple[TrendPoint, ...]
    bands: tuple[Band, ...]
    of: Text = terms.IKM

    @property
    def known(self) -> list[TrendPoint]:
        return [point for point in self.points if point.value is not None]

    @property
    def reach(self) -> Interval | None:
        """The lowest and the highest that values and intervals come to; None without any value."""
        if not self.known:
            return None
        return min(p.reach[0] for p in self.known), max(p.reach[1] for p in self.known)

    def runs(self) -> list[list[TrendPoint]]:
        """The points that may be joined: a break begins a new run; within one a gap is not drawn through."""
        found: list[list[TrendPoint]] = []
        for point in self.points:
            if point.break_before or not found:
                found.append([])
            found[-1].append(point)
        return found

    def told(self, voice: Voice) -> str:
        """The figure in words."""
        begin = voice.say("Grafik tren {of}: ", "Trend of {of}: ", of=voice.text(self.of))
        return begin + "; ".join(_point_told(point, voice) for point in self.points) + "."


@dataclass(frozen=True, kw_only=True)
class ValueRow:
    """A value at two decimals (None when nobody answered), its mutu if it has one, and its 95% interval."""

    label: Text
    value: Decimal | None
    mutu: str | None
    interval: Interval | None = None


@dataclass(frozen=True, kw_only=True)
class ValuesPlot:
    """Values one below the other against the bands of mutu. `of` says what they are."""

    of: Text
    rows: tuple[ValueRow, ...]
    bands: tuple[Band, ...]

    def told(self, voice: Voice) -> str:
        """The rows in words."""
        return "; ".join(_row_told(row, voice) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class CountRow:
    """How many of all chose it, None where hidden. `left_open` marks the row of those who did not answer."""

    label: Text
    count: int | None
    left_open: bool = False


@dataclass(frozen=True, kw_only=True)
class CountsPlot:
    """Counts of people by what they chose, with shares of `whole`."""

    title: Text
    rows: tuple[CountRow, ...]
    whole: int


def of_history(steps: Sequence[Step], bands: Sequence[Band]) -> TrendPlot:
    """The trend of a unit, or of one of its unsur."""
    points = [
        TrendPoint(
            period=step.result.period,
            value=score.ikm,
            interval=score.interval,
            mutu=score.mutu,
            n=narrowed.people(score),
            break_before=bool(step.breaks),
        )
        for step in steps
        for score in (step.result.score,)
    ]
    of = terms.index_name(steps[-1].instrument) if steps else terms.IKM
    return TrendPlot(points=tuple(points), bands=tuple(bands), of=of)


def of_years(series: Sequence[YearPoint]) -> TrendPlot:
    """IP ASN over the years, with its categories in words."""
    return TrendPlot(
        points=tuple(_year(point) for point in series), bands=_IP_ASN_SCALE, of=Text("IP ASN", "IP ASN")
    )


def of_unsur(instrument: Instrument, unsur: Sequence[UnsurResult], of: Text) -> ValuesPlot:
    """Every unsur of a questionnaire, in its order."""
    rows = [
        ValueRow(label=numbered(element), value=found.ikm, mutu=found.mutu)
        for element, found in zip(instrument.elements, unsur, strict=True)
    ]
    return ValuesPlot(of=of, rows=tuple(rows), bands=tuple(instrument.bands))


def of_profile(profile: ShownProfile, n: int, left_open: Text) -> CountsPlot:
    """Respondents by one question of the profile, of all `n`; those who left it open come last."""
    rows = [CountRow(label=option.label, count=count) for option, count in profile.counts]
    rows.append(CountRow(label=left_open, count=profile.unanswered, left_open=True))
    return CountsPlot(title=profile.field.name, rows=tuple(rows), whole=n)


def numbered(element: Element) -> Text:
    """U1 Persyaratan."""
    return Text(f"{element.number} {element.name.id}", f"{element.number} {element.name.en}")


def _year(point: YearPoint) -> TrendPoint:
    period, index = Period.parse(str(point.year)), point.measure.index
    if index is None or index.total.value is None:
        n = None if index is None else index.total.n
        return TrendPoint(period=period, value=None, n=n, break_before=point.breaks)
    return TrendPoint(
        period=period,
        value=index.total.value,
        called=Text(category_text(index.total, "id"), category_text(index.total, "en")),
        n=index.total.n,
        break_before=point.breaks,
    )


def _point_told(point: TrendPoint, voice: Voice) -> str:
    label = voice.short_period(point.period)
    if point.value is None:
        return voice.text(WITHOUT_VALUE.format(label=label))
    words = f"{label} {voice.decimal(point.value)}"
    if point.called is not None:
        words += f" {voice.text(point.called)}"
    if point.interval is not None:
        words += f" ({voice.interval(point.interval)})"
    if point.break_before:
        words += voice.text(MEASURED_OTHERWISE)
    return words


def _row_told(row: ValueRow, voice: Voice) -> str:
    if row.value is None:
        return f"{voice.text(row.label)} {voice.text(NOBODY)}"
    within = "" if row.interval is None else voice.interval(row.interval)
    beside = ", ".join(part for part in (row.mutu, within) if part)
    return f"{voice.text(row.label)} {voice.decimal(row.value)}" + (f" ({beside})" if beside else "")
