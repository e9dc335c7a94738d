"""What may leave the office of a recap: its index as /hasil has it, its units as far as they may be told.

The index of the whole is judged first, as on /hasil. Then agencies and units are told one after another, as
if each were published beside it; the one that would leave a few people is left out, whichever it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from analytics import Reason
from analytics.comparison import Aggregate
from analytics.disclosure import MINIMUM, RecapTotal, UnitTotal, is_few
from analytics.ikm import Estimate
from survey_app.services.disclosure import foretelling, unsur_hiding
from survey_app.services.disclosure.comment_tables import CommentTable, tabulate
from survey_app.services.disclosure.people_behind import total_of
from survey_app.services.disclosure.staff_hiding import hidden_lines
from survey_app.services.ikm import narrowed
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.province.overview import Overview
from survey_app.services.province.summary import Summary
from survey_app.services.publishing import recap_results
from survey_app.services.publishing.recap import Recap, StaffLine, StaffYear
from survey_app.services.publishing.recap_numbers import total, unit_key
from survey_app.services.publishing.recap_publishing import RecapPublication
from survey_app.services.publishing.recap_results import RecapResult
from survey_app.storage.database import Database


@dataclass(frozen=True, eq=False)
class RecapPaper:
    """A recap as one edition may tell it.

    Attributes:
        internal: for who works inside only.
        result: units that may not be told are in it as hidden ones, without a number.
        hidden: those units.
        comments: by unsur and kind, small counts hidden.
        staff_hidden: agencies whose IP ASN may not be told.
    """

    internal: bool
    result: RecapResult
    hidden: tuple[UnitResult, ...]
    comments: CommentTable
    staff_hidden: frozenset[str]


def of_publication(
    database: Database, publication: RecapPublication, inside: Acting | None = None
) -> RecapPaper:
    """What a published recap may tell, judged by what was public before it.

    Args:
        inside: who works inside and asks for the internal edition; None for the public one.

    Raises:
        Refused: `role-refused`, `scope-refused` for an internal edition.
    """
    return _paper(database, publication.recap, inside, publication)


def of_draft(database: Database, recap: Recap, inside: Acting | None = None) -> RecapPaper:
    """What a recap may tell if it left the office now. Args, Raises: as `of_publication`."""
    return _paper(database, recap, inside, None)


def of_units(database: Database, overview: Overview, inside: Acting | None = None) -> tuple[UnitResult, ...]:
    """Units side by side, as a table of them may tell: without any index of them all.

    Raises:
        Refused: `role-refused`, `scope-refused` for everything.
    """
    if inside is not None:
        for unit in overview.units:
            inside.require(unit.entry, Action.SEE_INSIDE)
        return overview.units
    rows = [unit for unit in overview.units if _told(unit, -1)]
    flags = foretelling.beside_shown(database, overview.period, [_row(unit, -1) for unit in rows])
    withheld = {(id(unit), -1) for unit, hide in zip(rows, flags, strict=True) if hide}
    # A table shows the last period of each.
    last = [replace(unit, trend=unit.trend[-1:]) for unit in overview.units]
    why = [_why(unit, -1, withheld) for unit in overview.units]
    gone = unsur_hiding.beside_shown(database, last)
    return tuple(
        _narrow(unit, (reason,), unsur=id(unit) in gone) for unit, reason in zip(last, why, strict=True)
    )


def _paper(
    database: Database, recap: Recap, inside: Acting | None, told: RecapPublication | None
) -> RecapPaper:
    code = None if recap.agency is None else recap.agency.code
    whole = recap_results.result_of(recap)
    if inside is not None:
        inside.require_whole(code, Action.SEE_INSIDE)
        return RecapPaper(True, whole, (), tabulate(recap.comments, every=True), frozenset())
    judged = _judge(database, recap, None if told is None else told.version)
    gone = unsur_hiding.beside_shown(
        database, recap.overview.units, None if told is None else told.published_at
    )
    units = tuple(
        _narrow(unit, judged.units[id(unit)], unsur=id(unit) in gone) for unit in recap.overview.units
    )
    shown = recap_results.result_of(replace(recap, overview=Overview(recap.period, units)))
    hidden = tuple(unit for unit in shown.summary.units if narrowed.hidden(unit.score))
    result = _indexed(whole, shown, judged)
    staff = frozenset[str]() if recap.staff is None else hidden_lines(recap.staff)
    result = replace(result, inputs=replace(result.inputs, staff=_staff(recap.staff, staff)))
    return RecapPaper(False, result, hidden, tabulate(recap.comments, every=False), staff)


@dataclass(frozen=True)
class _Judged:
    """What may be told: the whole now and before, each agency, and why each unit's periods may not."""

    whole: Sequence[bool]
    agencies: frozenset[str]
    units: Mapping[int, Sequence[Reason | None]]


def _judge(database: Database, recap: Recap, version: int | None) -> _Judged:
    units = recap.overview.units
    places = (-1, -2)
    periods = {-1: recap.period, -2: recap.period.shift(-1)}
    wholes = [total(periods[place], units, place) for place in places]
    members = {u.entry.agency.code: None for u in units} if recap.agency is None else {}
    parts = [total(recap.period, [u for u in units if u.entry.agency.code == code]) for code in members]
    rows = [(unit, place) for place in places for unit in units if _told(unit, place)]
    told: list[UnitTotal | RecapTotal] = [*wholes, *parts, *(_row(unit, place) for unit, place in rows)]
    code = None if recap.agency is None else recap.agency.code
    flags = foretelling.beside_shown(database, recap.period, told, (code, version))
    of_rows = flags[len(wholes) + len(parts) :]
    withheld = {(id(unit), place) for (unit, place), hide in zip(rows, of_rows, strict=True) if hide}
    return _Judged(
        [not hide for hide in flags[: len(wholes)]],
        frozenset(c for c, hide in zip(members, flags[len(wholes) :], strict=False) if not hide),
        {id(unit): tuple(_why(unit, place, withheld) for place in (-2, -1)) for unit in units},
    )


def _told(unit: UnitResult, place: int) -> bool:
    """Whether there is a number of enough people."""
    return unit.trend[place].score.n >= MINIMUM


def _row(unit: UnitResult, place: int) -> UnitTotal:
    return UnitTotal(unit_key(unit.entry.unit.code, unit.instrument), total_of(unit, place))


def _why(unit: UnitResult, place: int, withheld: Collection[tuple[int, int]]) -> Reason | None:
    if is_few(unit.trend[place].score.n):
        return Reason.FEW_PEOPLE
    return Reason.SINGLED_OUT if (id(unit), place) in withheld else None


def _narrow(unit: UnitResult, why: Sequence[Reason | None], *, unsur: bool) -> UnitResult:
    """`unsur`: the values per unsur of the last period may not be told."""
    *earlier, last = zip(unit.trend, why, strict=True)
    before = (narrowed.period(part, reason) for part, reason in earlier)
    trend = (*before, narrowed.period(*last, unsur=unsur))
    return replace(unit, trend=trend, respondents=(), elsewhere=(), services=(), quality=None, undated=())


def _indexed(whole: RecapResult, shown: RecapResult, judged: _Judged) -> RecapResult:
    """`shown`, computed of the units that are told, with the index of all of them where that may be told."""
    now, before = judged.whole
    summary = _with_index(shown.summary, whole.summary, now, before=before)
    complete = not any(narrowed.unsur_hidden(unit.score) for unit in shown.summary.units)
    # Another mean of the same units, beside this one, would tell two that are not shown separately.
    others = whole.aggregates[1:] if complete and now else ()
    own = {agency.code: found for agency, found in whole.members}
    members = tuple(
        (agency, _with_index(found, own[agency.code], agency.code in judged.agencies, before=False))
        for agency, found in shown.members
    )
    return replace(shown, summary=summary, aggregates=(summary.index, *others), members=members)


def _with_index(shown: Summary, whole: Summary, now: bool, *, before: bool) -> Summary:
    """Also without the hidden units among those that have no value."""
    trend = tuple(
        (period, index if told else _hide(index))
        for (period, index), told in zip(whole.trend, (before, now), strict=True)
    )
    unmeasured = tuple(unit for unit in shown.unmeasured if not narrowed.hidden(unit.score))
    return replace(shown, trend=trend, unmeasured=unmeasured)


def _hide(index: Aggregate) -> Aggregate:
    if index.estimate.exact is None:
        return index
    return replace(index, estimate=Estimate.undefined(Reason.SINGLED_OUT), band=None, n=0)


def _staff(staff: StaffYear | None, gone: frozenset[str]) -> StaffYear | None:
    """Hidden lines keep their names and nothing else."""
    if staff is None:
        return None
    agencies = tuple(_empty(line) if line.name in gone else line for line in staff.agencies)
    return replace(staff, agencies=agencies, whole=_empty(staff.whole) if "" in gone else staff.whole)


def _empty(line: StaffLine) -> StaffLine:
    return StaffLine(name=line.name, headcount=0, n=0, value=None, category=None, in_gap=False, recorded=())
