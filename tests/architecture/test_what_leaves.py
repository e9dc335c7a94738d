"""Nothing outside the services reads what only they may narrow: raw counts, sheets, comments, snapshots.

Doors are given a `UnitPaper`, a `RecapPaper` or what `outgoing_staff` returns (docs/decisions/doors.md). This
walks the code of every layer above the services and names whatever reaches past them.
"""

from __future__ import annotations

import ast
from pathlib import Path

from survey_app.reports.ip_asn.report import IpAsnReport
from survey_app.reports.recap.agency_report import RecapReport
from survey_app.reports.unit.report import UnitReport

APP = Path(__file__).parents[2] / "survey_app"
LAYERS = ("reports", "web", "cli")

#: Functions and modules that give out what has not been narrowed.
RAW_NAMES = {
    "answer_sheets",
    "unit_comments",
    "published_period",
    "ip_asn_year",
    "ip_asn_series",
    "staff_of_year",
    "StaffOfYear",
    "result_of",
    "ProfileCount",
    "reading",
    "newest",
}
#: Attributes that hold it.
RAW_ATTRIBUTES = {"sheets", "snapshot", "respondents", "quality", "inputs"}

#: Where one of these is met all the same, and why it tells nobody anything.
ALLOWED = {
    (
        "reports/unit/drafting.py",
        "unit_comments",
    ): "locks them in a publication, which is narrowed when it is read",
    ("reports/unit/annexes.py", "sheets"): "of the paper",
    ("reports/unit/reliability_section.py", "sheets"): "of the paper",
    ("reports/unit/spreadsheet.py", "sheets"): "of the paper",
    ("reports/unit/report.py", "snapshot"): "its text and target; its numbers come from the paper",
    ("reports/unit/annexes.py", "quality"): "None in the public edition",
    ("reports/unit/spreadsheet.py", "quality"): "None in the public edition",
    ("reports/recap/province_report.py", "inputs"): "IP ASN as the paper has it",
    ("reports/recap/staff_chapter.py", "inputs"): "IP ASN as the paper has it",
    ("cli/responses.py", "quality"): "None in the public edition",
    ("web/open_data.py", "respondents"): "of a PublicResult",
    ("web/api/internal.py", "quality"): "for a key that may see what stays inside",
}


def test_no_door_reads_past_the_rule() -> None:
    found = {
        (str(path.relative_to(APP)), name)
        for layer in LAYERS
        for path in (APP / layer).rglob("*.py")
        for name in _read(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert sorted(found - set(ALLOWED)) == []
    # What is allowed and met no more is an invitation.
    assert sorted(set(ALLOWED) - found) == []


def test_every_download_of_a_page_is_made_of_a_paper() -> None:
    """Pages show live results to who works inside; what is taken away from them goes by the rule."""
    building = {UnitReport.__name__, RecapReport.__name__, IpAsnReport.__name__}
    for path in [*(APP / "ui").rglob("*.py"), *(APP / "pages").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {_called(call) for call in calls}
        if names & {"download_button", "offer"}:
            assert not names & {"to_csv", "to_excel", "units_frame", "write_frame"}, path
        for call in calls:
            if _called(call) in building and isinstance(call.func, ast.Name):
                # A report is built by hand from a paper only.
                assert isinstance(call.args[0], ast.Name), path
                assert call.args[0].id == "paper", path


def _read(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in RAW_ATTRIBUTES | RAW_NAMES:
            found.add(node.attr)
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names} & RAW_NAMES
    return found


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
