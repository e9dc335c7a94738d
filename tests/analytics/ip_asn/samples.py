"""Employees and rule sets that several test modules build on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from analytics.ip_asn import Employee, EmployeeScore, Penalty, Training, given_scores
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
    return Employee("p1", "bkd", status, jabatan, pendidikan, rating, on, tuple(trainings), tuple(penalties))


def training(kind: str, jp: int = 20, end: date = ON, *, for_post: bool = True) -> Training:
    return Training(kind, jp, end, for_post)


def given_total(total: Decimal, status: str = "PNS", *, penyetaraan: bool = False) -> EmployeeScore:
    """An employee with `total`, spread over the dimensions up to their maxima."""
    left, scores = total, {}
    for key, maximum in zip(DIMENSIONS, R2019.maxima, strict=True):
        scores[key] = min(left, maximum)
        left -= scores[key]
    return given_scores("p", "u", status, scores, R2019, penyetaraan=penyetaraan)
