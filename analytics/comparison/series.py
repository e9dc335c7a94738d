"""Values over periods, with the marks where a series must not be joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analytics.errors import AnalyticsError
from analytics.finite import require_finite
from analytics.period import Period

#: First year, regulation, and what it changed in scale or elements: values before it cannot be compared.
REGULATION_BREAKS: tuple[tuple[str, str, str], ...] = (
    ("2004", "KEP 25/2004", "introduces the IKM: fourteen unsur, its own bands"),
    ("2014", "PermenPANRB 16/2014", "replaces KEP 25/2004: nine unsur instead of fourteen"),
    ("2017", "PermenPANRB 14/2017", "replaces 16/2014: sarana instead of maklumat, other bands"),
)


@dataclass(frozen=True)
class Point:
    """One period's index: `value` in points, its standard error, None when the sample cannot tell it.

    Raises:
        AnalyticsError: `not-finite`.
    """

    period: Period
    value: float
    se: float | None = None

    def __post_init__(self) -> None:
        require_finite(value=self.value, se=self.se)


@dataclass(frozen=True)
class Break:
    """From the first day of `start` on, values are not comparable with earlier ones; `why` says so.

    `regulation` is the name of the one that came into force then; None where it was another change.
    """

    start: Period
    why: str
    regulation: str | None = None


@dataclass(frozen=True)
class Series:
    """Points in order of time, and the breaks between them.

    Raises:
        AnalyticsError: `series-order` unless the periods are of one kind, ascending and without repeats.
    """

    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()

    def __post_init__(self) -> None:
        periods = [p.period for p in self.points]
        if any(a.months != b.months or a.start >= b.start for a, b in pairwise(periods)):
            raise AnalyticsError(
                "series-order",
                got=[str(p) for p in periods],
                expected="ascending periods of one length, each once",
            )

    def segments(self) -> tuple[Series, ...]:
        """The runs of points that may be joined: none of them crosses a break."""
        starts = sorted(b.start.start for b in self.breaks)
        runs: dict[int, list[Point]] = {}
        for point in self.points:
            runs.setdefault(sum(s <= point.period.start for s in starts), []).append(point)
        return tuple(Series(tuple(run)) for run in runs.values())

    def marks(self) -> tuple[tuple[Break, ...], ...]:
        """For each point the breaks that lie between it and the point before; none for the first."""
        steps = pairwise(p.period.start for p in self.points)
        between = [tuple(b for b in self.breaks if old < b.start.start <= new) for old, new in steps]
        return ((), *between) if self.points else ()

    def require_unbroken(self) -> None:
        """Refuse to compute across a break.

        Raises:
            AnalyticsError: `series-break` when a break lies between two points.
        """
        if len(self.segments()) > 1:
            raise AnalyticsError(
                "series-break",
                got=[b.why for b in self.breaks],
                expected="one segment",
                hint="Take series.latest() or one of series.segments().",
            )

    def latest(self) -> Series:
        """The last segment, the one that today's value belongs to; empty for an empty series."""
        return self.segments()[-1] if self.points else Series(())

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(p.value for p in self.points)

    @property
    def years(self) -> tuple[float, ...]:
        """Middle of each period, in years."""
        return tuple((p.period.start + p.period.months / 2) / 12 for p in self.points)


# Asked for every period of every unit of a province.
@cache
def regulation_breaks() -> tuple[Break, ...]:
    """The breaks every IKM series carries: the first years of the rules of 2004, 2014 and 2017."""
    return tuple(
        Break(Period.parse(start), f"{regulation} {what}", regulation)
        for start, regulation, what in REGULATION_BREAKS
    )


def instrument_breaks(periods: Sequence[Period], instruments: Sequence[str]) -> tuple[Break, ...]:
    """A break wherever the instrument of a period differs from that of the one before."""
    steps = pairwise(zip(periods, instruments, strict=True))
    return tuple(Break(b, f"instrument {old} -> {new}") for (_, old), (b, new) in steps if old != new)
