"""IP ASN against IKM over the units of a scope in a year: exploratory, for one set of rules at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics import Period
from analytics.ikm import IkmResult
from analytics.ip_asn import DIMENSIONS, Correlation, GroupIndex, Ruleset, kompetensi_kinerja, link
from survey_app.services.ip_asn.overview import IpAsnYear, ip_asn_year
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.services.province.overview import Overview, overview
from survey_app.storage.database import Database

#: What is set against the IKM: the index, then its dimensions.
SERIES = ("total", *DIMENSIONS)


@dataclass(frozen=True)
class LinkedUnit:
    """A unit with both indices in the year: its IP ASN, and its IKM with interval."""

    entry: UnitEntry
    staff: GroupIndex
    score: IkmResult

    def value(self, series: str) -> float | None:
        """Its IP ASN, or the mean of one dimension, unrounded."""
        if self.staff.exact is None or self.staff.dimensions is None:
            return None
        if series == "total":
            return float(self.staff.exact)
        return float(self.staff.dimensions[DIMENSIONS.index(series)])


@dataclass(frozen=True, kw_only=True)
class Linkage:
    """What the units of a scope show together.

    Attributes:
        ruleset: the rules of the units taken, those most units were measured by; None without any.
        units: units with both indices under those rules.
        correlations: per name of SERIES, each against the IKM.
        kompetensi_kinerja: the two dimensions against each other; refused under rules that count one twice.
        missing: the units that have no IP ASN, no IKM, or were measured by other rules.
    """

    year: int
    ruleset: Ruleset | None
    units: tuple[LinkedUnit, ...]
    correlations: tuple[tuple[str, Correlation], ...]
    kompetensi_kinerja: Correlation | None
    missing: tuple[tuple[UnitEntry, ...], tuple[UnitEntry, ...], tuple[UnitEntry, ...]]

    @property
    def left_out(self) -> tuple[int, int, int]:
        """How many those are."""
        without_staff, without_ikm, other_rules = self.missing
        return len(without_staff), len(without_ikm), len(other_rules)


def linkage(database: Database, scope: Scope, year: int) -> Linkage:
    """Correlate IP ASN and its dimensions of `year` with the IKM of the same calendar year over units."""
    return linked(ip_asn_year(database, scope, year), answered(database, scope, year), year)


def answered(database: Database, scope: Scope, year: int) -> Overview:
    """The units' results of the calendar year."""
    return overview(database, scope, Period.parse(str(year)), back=0)


def linked(ip_asn: IpAsnYear, all_units: Overview, year: int) -> Linkage:
    """As `linkage`, of what is told of the staff and of the answers of a year."""
    staff = ip_asn.units
    ruleset = _most_used([measure for _, measure in staff])
    scores = {r.entry.unit.id: r.score for r in all_units.measured if r.instrument.gives_ikm}
    same = [(e, m) for e, m in staff if ruleset is not None and m.ruleset == ruleset and _value(m)]
    units = tuple(
        LinkedUnit(entry, measure.index.total, scores[entry.unit.id])
        for entry, measure in same
        if measure.index is not None and entry.unit.id in scores
    )
    compared, together = {e.unit.id for e, _ in same}, {u.entry.unit.id for u in units}
    unmeasured = tuple(e for e, m in staff if not m.rulesets or (m.ruleset == ruleset and not _value(m)))
    other = tuple(e for e, _ in staff if e.unit.id not in compared and e not in unmeasured)
    missing = (unmeasured, tuple(e for e, _ in same if e.unit.id not in together), other)
    if ruleset is None:
        return Linkage(
            year=year, ruleset=None, units=units, correlations=(), kompetensi_kinerja=None, missing=missing
        )
    return Linkage(
        year=year,
        ruleset=ruleset,
        units=units,
        correlations=_correlations(units),
        kompetensi_kinerja=_twice(units, ruleset),
        missing=missing,
    )


def _most_used(measures: Sequence[Measure]) -> Ruleset | None:
    """The rule set of most units; of two used alike the newer."""
    used = [m.ruleset for m in measures if m.ruleset is not None]
    counts = Counter(ruleset.id for ruleset in used)
    return max(used, key=lambda ruleset: (counts[ruleset.id], ruleset.first_year), default=None)


def _value(measure: Measure) -> bool:
    return measure.index is not None and measure.index.total.exact is not None


def _correlations(units: Sequence[LinkedUnit]) -> tuple[tuple[str, Correlation], ...]:
    ikm = [None if u.score.exact is None else float(u.score.exact) for u in units]
    values = {series: [u.value(series) for u in units] for series in SERIES}
    return tuple(link(values, ikm, [u.score.se for u in units]).items())


def _twice(units: Sequence[LinkedUnit], ruleset: Ruleset) -> Correlation:
    kompetensi, kinerja = ([u.value(key) for u in units] for key in ("kompetensi", "kinerja"))
    return kompetensi_kinerja(kompetensi, kinerja, ruleset)
