"""What a report of an agency or of the province is made of: all that it reads, and nothing that it computes.

Equal content is equal whatever the database numbered it and however it sorts: units stand in the order of
agency and name by their letters alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from analytics import Period
from survey_app.instruments import Instrument
from survey_app.services.ikm.results import UnitResult
from survey_app.services.ip_asn.overview import ip_asn_year, years
from survey_app.services.ip_asn.staff_of_year import Measure
from survey_app.services.places import catalogue
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.province.overview import Overview, overview
from survey_app.services.voices import reading
from survey_app.storage.database import Database
from survey_app.storage.places import Agency


@dataclass(frozen=True)
class CommentCount:
    """Comments about one unsur (None: about none) of one kind ("" when nothing tells)."""

    unsur: str | None
    kind: str
    count: int


@dataclass(frozen=True, kw_only=True)
class StaffLine:
    """The IP ASN of some staff, as measured.

    Attributes:
        name: of the agency; empty for all of them together.
        n: staff with all four dimensions, whose mean `value` is; None without them or under several rules.
        recorded: staff with something recorded, per dimension.
    """

    name: str
    headcount: int
    n: int
    value: Decimal | None
    category: str | None
    in_gap: bool
    recorded: tuple[int, ...]


@dataclass(frozen=True)
class StaffYear:
    """The last measurement of IP ASN up to the period: of everything, and of each agency.

    `rulesets` are ids; more than one means that the whole has no value.
    """

    year: int
    rulesets: tuple[str, ...]
    whole: StaffLine
    agencies: tuple[StaffLine, ...]


@dataclass(frozen=True)
class Recap:
    """An agency, or with `agency` None the province, in a period.

    Attributes:
        overview: its units in the period and the one before.
        comments: counts; no word of anyone.
        staff: None when nothing was measured up to the period's year.
        graded_by: the questionnaire whose table graded the index when it was published; None for those of the
            units themselves.
    """

    agency: Agency | None
    overview: Overview
    comments: tuple[CommentCount, ...]
    staff: StaffYear | None
    graded_by: Instrument | None = None

    @property
    def period(self) -> Period:
        return self.overview.period


def recap(database: Database, agency_code: str | None, period: Period) -> Recap:
    """Read what the report of an agency, or of the province, is made of.

    Raises:
        NotFound: `agency-unknown`.
    """
    agency = None if agency_code is None else catalogue.find_agency(database, agency_code)
    scope = PROVINCE if agency is None else Scope(agency=agency.code)
    all_units = overview(database, scope, period, back=1, files=True)
    ordered = Overview(period, tuple(sorted(all_units.units, key=_order)))
    return Recap(agency, ordered, _comments(database, scope, period), _staff(database, scope, period))


def _order(unit: UnitResult) -> tuple[str, ...]:
    agency, own = unit.entry.agency, unit.entry.unit
    return (agency.name.casefold(), agency.code, own.name.casefold(), own.code)


def _comments(database: Database, scope: Scope, period: Period) -> tuple[CommentCount, ...]:
    heard = reading.counts(reading.voices(database, scope, period))
    counts: Counter[tuple[str | None, str]] = Counter()
    for (unsur, kind), n in heard.items():
        counts[unsur, "" if kind is None else kind.value] += n
    ordered = sorted(counts, key=lambda key: (key[0] or "", key[1]))
    return tuple(CommentCount(*key, counts[key]) for key in ordered)


def _staff(database: Database, scope: Scope, period: Period) -> StaffYear | None:
    measured = [year for year in years(database) if year <= period.first_day.year]
    if not measured:
        return None
    ip_asn = ip_asn_year(database, scope, measured[-1])
    if not ip_asn.whole.rulesets:
        return None
    agencies = [_line(agency.name, measure) for agency, measure in ip_asn.agencies]
    return StaffYear(
        ip_asn.year,
        tuple(ruleset.id for ruleset in ip_asn.whole.rulesets),
        _line("", ip_asn.whole),
        tuple(sorted(agencies, key=lambda line: line.name.casefold())),
    )


def _line(name: str, measure: Measure) -> StaffLine:
    index = measure.index
    if index is None:
        return StaffLine(name=name, headcount=0, n=0, value=None, category=None, in_gap=False, recorded=())
    grade = index.total.category
    return StaffLine(
        name=name,
        headcount=index.headcount,
        n=index.total.n,
        value=index.total.value,
        category=None if grade is None else grade.name,
        in_gap=grade is not None and grade.in_gap,
        recorded=index.recorded,
    )
