"""What `make audit` makes of an answer: no hole passes unseen, and no allowance outlives its day."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.architecture import audit
from tests.architecture.audit import Allowed

TODAY = date(2026, 11, 30)
#: As pip-audit 2.10.1 writes it.
REPORT = json.loads(
    """{"dependencies": [
    {"name": "jinja2", "version": "3.1.2", "vulns": [
        {"id": "GHSA-h5c8-rqwp-cp95", "fix_versions": ["3.1.3"], "aliases": ["CVE-2024-22195"]}]},
    {"name": "starlette", "version": "1.10.0", "vulns": []},
    {"name": "nowhere", "version": "1.0", "vulns": [
        {"id": "PYSEC-2026-1", "fix_versions": [], "aliases": []}]}],
    "fixes": []}"""
)
JINJA = Allowed("CVE-2024-22195", TODAY, "no xmlattr in our templates")
NOWHERE = Allowed("PYSEC-2026-1", TODAY, "only on Windows")


def test_a_hole_that_nobody_allowed_is_named_with_what_mends_it() -> None:
    assert audit.judged(REPORT, [], TODAY) == [
        "jinja2 3.1.2: GHSA-h5c8-rqwp-cp95, mended in 3.1.3",
        "nowhere 1.0: PYSEC-2026-1, mended in no version yet",
    ]


def test_an_allowed_hole_passes_by_any_of_its_names_until_its_day() -> None:
    assert audit.judged(REPORT, [JINJA, NOWHERE], TODAY) == []
    assert audit.judged(REPORT, [JINJA, NOWHERE], date(2026, 12, 1)) == [
        "CVE-2024-22195: allowed until 2026-11-30: look again",
        "PYSEC-2026-1: allowed until 2026-11-30: look again",
    ]


def test_an_allowance_without_a_hole_is_to_go() -> None:
    other = Allowed("CVE-2020-1", TODAY, "gone")
    assert audit.judged(REPORT, [JINJA, NOWHERE, other], TODAY) == [
        "CVE-2020-1: allowed and not found: take the line out"
    ]


def test_a_package_that_could_not_be_looked_up_is_no_clean_one() -> None:
    report = {"dependencies": [{"name": "own", "skip_reason": "not found on PyPI"}], "fixes": []}
    assert audit.judged(report, [], TODAY) == ["own: not looked up: not found on PyPI"]


def test_the_list_is_ids_days_and_reasons() -> None:
    assert audit.read("# why\n\nCVE-2024-22195 2026-11-30 no xmlattr in our templates\n") == [JINJA]
    for line in ("CVE-2024-22195", "CVE-2024-22195 2026-11-30", "CVE-2024-22195 soon it is mended"):
        with pytest.raises(ValueError, match=r"an allowed hole is|isoformat"):
            audit.read(line)
    audit.read(audit.ALLOWED.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (json.dumps({"dependencies": [REPORT["dependencies"][1]], "fixes": []}), 0),
        (json.dumps(REPORT), 1),
        ("", 1),
    ],
)
def test_what_it_exits_with(
    answer: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever pip-audit itself exits with; where it could not look a package up, it prints nothing."""
    tool = tmp_path / "pip-audit"
    tool.write_text(
        f"#!{sys.executable}\nimport sys\nassert '--strict' in sys.argv\nprint({answer!r})\nsys.exit(1)\n"
    )
    tool.chmod(0o700)
    none = tmp_path / "allowed.txt"
    none.write_text("")
    monkeypatch.setattr(audit, "ALLOWED", none)
    assert audit.main([str(tool)]) == status
