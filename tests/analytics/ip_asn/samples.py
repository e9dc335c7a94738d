"""Employees and rule sets that several test modules build on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from analytics.ip_asn import EmployeeScore, MissingSums, given_scores
from analytics.ip_asn.employee import Employee, Penalty, Training
from analytics.ip_asn.ruleset import DIMENSIONS
from survey_app import rulesets

R2019, R2022, R2023 = (rulesets.get(f"ip-asn-{year}") for year in (2019, 2022, 2023))
ON = date(2021, 12, 31)


def employee(
    *,
    jabatan: str = "pelaksana",
    pendidikan: str | None = "S1",
    rating: Decimal | int | str | None = 85,
    trainings: Sequence[Training] = (),
    penalties: Sequence[Penalty] = (),
    on: date = ON,
    status: str = "PNS",
) -> Employee:
    return Employee(
        id="p1",
        unit="bkd",
        status=status,
        jabatan=jabatan,
        pendidikan=pendidikan,
        rating=rating,
        measured_on=on,
        trainings=tuple(trainings),
        penalties=tuple(penalties),
    )


def training(kind: str, jp: int = 20, end: date = ON, *, for_post: bool = True) -> Training:
    return Training(kind, jp, end, for_post)


def given_total(total: Decimal, status: str = "PNS", *, penyetaraan: bool = False) -> EmployeeScore:
    """An employee with `total`, spread over the dimensions up to their maxima."""
    left, scores = total, {}
    for key, maximum in zip(DIMENSIONS, R2019.maxima, strict=True):
        scores[key] = min(left, maximum)
        left -= scores[key]
    return given_scores("p", "u", status, scores, R2019, penyetaraan=penyetaraan)


def counted_missing(scores: Sequence[EmployeeScore]) -> tuple[MissingSums, ...]:
    """What is not recorded per dimension, counted person by person and without any sums."""
    return tuple(_counted(i, scores) for i in range(len(DIMENSIONS)))


def _counted(i: int, scores: Sequence[EmployeeScore]) -> MissingSums:
    def points(staff: Sequence[EmployeeScore], dimensions: Sequence[int]) -> Fraction:
        found = (s.dimensions[j].score or Decimal(0) for s in staff for j in dimensions)
        return Fraction(sum(found, Decimal(0)))

    recorded = [s for s in scores if s.dimensions[i].recorded]
    unrecorded = [s for s in scores if not s.dimensions[i].recorded]
    scored = [s for s in unrecorded if s.total is not None]
    entering = [s for s in unrecorded if [j for j, d in enumerate(s.dimensions) if d.score is None] == [i]]
    totals = [Fraction(s.total) for s in scores if s.total is not None]
    return MissingSums(
        key=DIMENSIONS[i],
        maximum=scores[0].ruleset.maxima[i],
        recorded=len(recorded),
        recorded_points=points(recorded, (i,)),
        scored=len(scored),
        scored_points=points(scored, (i,)),
        entering=len(entering),
        entering_points=points(entering, [j for j in range(len(DIMENSIONS)) if j != i]),
        staff=len(unrecorded),
        n=len(totals),
        points=sum(totals, Fraction(0)),
    )
