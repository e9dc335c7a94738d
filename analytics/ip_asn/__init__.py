"""IP ASN, the index of professionalism of civil servants, by dated rule sets."""

from analytics.ip_asn.categories import Category, category
from analytics.ip_asn.employee import (
    DimensionScore,
    Employee,
    EmployeeScore,
    Penalty,
    Training,
    given_scores,
)
from analytics.ip_asn.missing import MissingSums
from analytics.ip_asn.parse import parse_ruleset
from analytics.ip_asn.ruleset import Problem, Ruleset, RulesetError
from analytics.ip_asn.scoring import score_employee
from analytics.ip_asn.sums import (
    Staff,
    StaffSums,
    add_sums,
    merge_staff,
    person_sums,
    staff_index,
    staff_missing,
)
from analytics.ip_asn.unit import GroupIndex, UnitIndex, unit_index

__all__ = [
    "Category",
    "DimensionScore",
    "Employee",
    "EmployeeScore",
    "GroupIndex",
    "MissingSums",
    "Penalty",
    "Problem",
    "Ruleset",
    "RulesetError",
    "Staff",
    "StaffSums",
    "Training",
    "UnitIndex",
    "add_sums",
    "category",
    "given_scores",
    "merge_staff",
    "parse_ruleset",
    "person_sums",
    "score_employee",
    "staff_index",
    "staff_missing",
    "unit_index",
]
