"""IP ASN, the index of professionalism of civil servants, by dated rule sets."""

from analytics.ip_asn.categories import Category, CategoryRule, category
from analytics.ip_asn.employee import (
    DimensionScore,
    Employee,
    EmployeeScore,
    Penalty,
    Training,
    given_scores,
)
from analytics.ip_asn.parse import parse_ruleset
from analytics.ip_asn.ruleset import Problem, Ruleset, RulesetError
from analytics.ip_asn.scoring import score_employee
from analytics.ip_asn.unit import Combined, GroupIndex, UnitIndex, combine, unit_index

__all__ = [
    "Category",
    "CategoryRule",
    "Combined",
    "DimensionScore",
    "Employee",
    "EmployeeScore",
    "GroupIndex",
    "Penalty",
    "Problem",
    "Ruleset",
    "RulesetError",
    "Training",
    "UnitIndex",
    "category",
    "combine",
    "given_scores",
    "parse_ruleset",
    "score_employee",
    "unit_index",
]
