"""The list of formulas is complete, its functions exist, and the document is the list."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from analytics.formulas import FORMULAS, Formula, markdown

DOCUMENT = Path(__file__).parents[2] / "docs/formulas.md"

#: Modules in which every public function that computes a number has to be listed.
COVERED = (
    "analytics.ikm",
    "analytics.unanswered",
    "analytics.bands",
    "analytics.rounding",
    "analytics.intervals",
    "analytics.estimate",
    "analytics.odds",
    "analytics.borrowing",
    "analytics.strata",
    "analytics.aggregate",
    "analytics.compare",
    "analytics.dispersion",
    "analytics.ranking",
    "analytics.funnel",
    "analytics.trend",
    "analytics.cusum",
    "analytics.laney",
    "analytics.sheets",
    "analytics.weighting",
    "analytics.raking",
    "analytics.covariance",
    "analytics.correlation",
    "analytics.reliability",
    "analytics.priorities",
    "analytics.what_if",
    "analytics.drivers",
    "analytics.sampling",
    "analytics.quality",
    "analytics.disclosure",
    "analytics.link",
    "analytics.ip_asn.categories",
    "analytics.ip_asn.employee",
    "analytics.ip_asn.missing",
    "analytics.ip_asn.sums",
    "analytics.ip_asn.scoring",
    "analytics.ip_asn.unit",
)
#: Public for their neighbours, but steps of a formula that is listed.
STEPS = {
    "analytics.weights.normalised_weights",
    "analytics.unanswered.fewest_answers",
    "analytics.bands.fit",
    "analytics.residuals.residual_squares",
    "analytics.intervals.t_quantile",
    "analytics.intervals.require_level",
    "analytics.estimate.estimate",
    "analytics.odds.lower_edges",
    "analytics.odds.odds_at",
    "analytics.quality.flag_effect",
    "analytics.strata.weighted_by",
    "analytics.strata.weighted_sum",
    "analytics.strata.with_variance",
    "analytics.borrowing.borrowed_share",
    "analytics.raking.residuals",
    "analytics.compare.adjust",
    "analytics.sheets.draw_means",
    "analytics.compare.holm_all",
    "analytics.ip_asn.categories.place",
    "analytics.ip_asn.categories.exact_decimal",
    "analytics.ip_asn.employee.summed",
    "analytics.ip_asn.employee.one_of",
    "analytics.ip_asn.scoring.years_before",
    "analytics.ip_asn.sums.person_sums",
    "analytics.ip_asn.sums.add_sums",
    "analytics.ip_asn.sums.merge_staff",
    "analytics.ip_asn.sums.staff_missing",
    "analytics.ip_asn.unit.mean_of_groups",
}


def resolve(path: str) -> Callable[..., object]:
    module, name = path.rsplit(".", 1)
    function: Callable[..., object] = getattr(import_module(module), name)
    return function


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda f: f.key)
def test_every_formula_is_filled_in_and_its_function_is_documented(formula: Formula) -> None:
    assert all(value.strip() for value in vars(formula).values())
    function = resolve(formula.function)
    assert inspect.isfunction(function)
    assert function.__doc__


def test_keys_are_unique() -> None:
    keys = [formula.key for formula in FORMULAS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", COVERED)
def test_no_function_is_left_out(name: str) -> None:
    module = import_module(name)
    public = {
        f"{name}.{key}"
        for key, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == name and not key.startswith("_")
    }
    assert public - {formula.function for formula in FORMULAS} - STEPS == set()


def test_the_document_is_the_list() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()
