"""IP ASN, the index of professionalism of civil servants, by dated rule sets."""

from analytics.ip_asn.columns import check_record_columns, check_score_columns
from analytics.ip_asn.employee import DimensionScore, EmployeeScore, given_scores, with_total
from analytics.ip_asn.link import Correlation, kompetensi_kinerja, link
from analytics.ip_asn.missing import MissingSums
from analytics.ip_asn.parse import parse_ruleset
from analytics.ip_asn.row_checks import RowProblem, check_records, check_scores, decimal_of, employee_of_row
from analytics.ip_asn.ruleset import DIMENSIONS, CompetenceGroup, Problem, Ruleset, RulesetError
from analytics.ip_asn.scoring import score_employee
from analytics.ip_asn.spelling import Spellings, respelled, spellings_of
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
    "DIMENSIONS",
    "CompetenceGroup",
    "Correlation",
    "DimensionScore",
    "EmployeeScore",
    "GroupIndex",
    "MissingSums",
    "Problem",
    "RowProblem",
    "Ruleset",
    "RulesetError",
    "Spellings",
    "Staff",
    "StaffSums",
    "UnitIndex",
    "add_sums",
    "check_record_columns",
    "check_records",
    "check_score_columns",
    "check_scores",
    "decimal_of",
    "employee_of_row",
    "given_scores",
    "kompetensi_kinerja",
    "link",
    "merge_staff",
    "parse_ruleset",
    "person_sums",
    "respelled",
    "score_employee",
    "spellings_of",
    "staff_index",
    "staff_missing",
    "unit_index",
    "with_total",
]
