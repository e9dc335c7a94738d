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
    "analytics.ikm.scoring",
    "analytics.ikm.unanswered",
    "analytics.ikm.bands",
    "analytics.rounding",
    "analytics.ikm.intervals",
    "analytics.ikm.moderated",
    "analytics.ikm.past",
    "analytics.ikm.sampling_error",
    "analytics.ikm.estimate",
    "analytics.ikm.odds",
    "analytics.sampling.borrowing",
    "analytics.sampling.strata",
    "analytics.comparison.aggregate",
    "analytics.comparison.compare",
    "analytics.comparison.dispersion",
    "analytics.comparison.ranking",
    "analytics.comparison.rank_sets",
    "analytics.comparison.limits",
    "analytics.comparison.linking",
    "analytics.comparison.small_areas",
    "analytics.comparison.shares",
    "analytics.comparison.funnel",
    "analytics.comparison.trend",
    "analytics.comparison.laney",
    "analytics.ikm.sheets",
    "analytics.sampling.weighting",
    "analytics.sampling.raking",
    "analytics.sampling.ways",
    "analytics.ikm.covariance",
    "analytics.ikm.correlation",
    "analytics.ikm.reliability",
    "analytics.ikm.jackknife",
    "analytics.ikm.omega",
    "analytics.ikm.polychoric",
    "analytics.ikm.priorities",
    "analytics.ikm.what_if",
    "analytics.sampling.size",
    "analytics.ikm.quality",
    "analytics.disclosure.small_cells",
    "analytics.text.audit.drawing",
    "analytics.text.audit.worth",
    "analytics.ip_asn.link",
    "analytics.ip_asn.categories",
    "analytics.ip_asn.employee",
    "analytics.ip_asn.missing",
    "analytics.ip_asn.sums",
    "analytics.ip_asn.scoring",
    "analytics.ip_asn.unit",
)
#: Public for their neighbours, but steps of a formula that is listed.
STEPS = {
    "analytics.ikm.odds.chances_below",
    "analytics.ikm.peers.density",
    "analytics.ikm.peers.likelihood",
    "analytics.ikm.past.together",
    "analytics.ikm.weights.normalised_weights",
    "analytics.ikm.unanswered.fewest_answers",
    "analytics.ikm.bands.fit",
    "analytics.ikm.residuals.residual_squares",
    "analytics.ikm.scoring.sample",
    "analytics.ikm.intervals.on_scale",
    "analytics.ikm.jackknife.jackknife",
    "analytics.ikm.polychoric.tables",
    "analytics.ikm.polychoric.bivariate",
    "analytics.ikm.intervals.t_quantile",
    "analytics.ikm.intervals.require_level",
    "analytics.ikm.estimate.estimate",
    "analytics.ikm.odds.lower_edges",
    "analytics.ikm.odds.odds_at",
    "analytics.sampling.strata.weighted_by",
    "analytics.sampling.strata.weighted_sum",
    "analytics.sampling.strata.with_variance",
    "analytics.sampling.borrowing.borrowed_share",
    "analytics.sampling.raking.residuals",
    "analytics.sampling.ways.levelled",
    "analytics.comparison.compare.adjust_p",
    "analytics.ikm.sheets.draw_means",
    "analytics.ip_asn.categories.place",
    "analytics.ip_asn.categories.exact_decimal",
    "analytics.ip_asn.employee.with_total",
    "analytics.ip_asn.employee.one_of",
    "analytics.ip_asn.scoring.years_before",
    "analytics.ip_asn.sums.person_sums",
    "analytics.ip_asn.sums.add_sums",
    "analytics.ip_asn.sums.merge_staff",
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
    assert inspect.isfunction(inspect.unwrap(function))
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
        if callable(value)
        and inspect.isfunction(inspect.unwrap(value))
        and value.__module__ == name
        and not key.startswith("_")
    }
    assert public - {formula.function for formula in FORMULAS} - STEPS == set()


def test_the_document_is_the_list() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()
