"""Known holes in what is installed, as pip-audit finds them, against the few that are allowed for a while.

    python -m tests.architecture.audit .venv-audit/bin/pip-audit

`make audit` runs it. It asks PyPI about every installed package, so it is no test and needs a network; what
it makes of an answer is tested. `audit_allowed.txt` names a hole that does not reach us, until when that is
believed, and why.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ALLOWED = Path(__file__).with_name("audit_allowed.txt")
#: pip-audit itself is in an environment of its own; looked at is the one that runs this.
_ARGUMENTS = ("--strict", "--format=json", "--progress-spinner=off", "--desc=off", "--path")


@dataclass(frozen=True)
class Allowed:
    """A hole by its id at PyPI or one of its other names."""

    id: str
    until: date
    why: str


def main(arguments: Sequence[str]) -> int:
    """0 where nothing is known but what is allowed today."""
    allowed = read(ALLOWED.read_text(encoding="utf-8"))
    command = [arguments[0], *_ARGUMENTS, sysconfig.get_path("purelib")]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report = json.loads(asked.stdout)
    except ValueError:
        # It was asked to fail where a package could not be looked up: an audit of a part is none.
        print(f"pip-audit gave no answer:\n{asked.stderr.strip()}", file=sys.stderr)
        return 1
    complaints = judged(report, allowed, date.today())  # noqa: DTZ011  # the day of who runs it
    print("\n".join(complaints) or f"{len(report['dependencies'])} packages, no hole that is not allowed")
    return 1 if complaints else 0


def read(text: str) -> list[Allowed]:
    """The lines of the list. Raises: ValueError for one without a day or a reason."""
    found = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(maxsplit=2)
        if len(parts) < 3:
            raise ValueError(f"an allowed hole is its id, a day and a reason, and not: {line}")
        found.append(Allowed(parts[0], date.fromisoformat(parts[1]), parts[2]))
    return found


def judged(report: Mapping[str, Any], allowed: Sequence[Allowed], today: date) -> list[str]:
    """What is wrong: holes nobody allowed, packages not looked up, allowances that ran out or have no use."""
    by_id = {one.id: one for one in allowed}
    complaints = [f"{one.id}: allowed until {one.until}: look again" for one in allowed if one.until < today]
    met = set()
    for package in report["dependencies"]:
        if "skip_reason" in package:
            complaints.append(f"{package['name']}: not looked up: {package['skip_reason']}")
        for hole in package.get("vulns", ()):
            names = {hole["id"], *hole["aliases"]} & by_id.keys()
            met |= names
            if not names:
                mended = ", ".join(hole["fix_versions"]) or "no version yet"
                complaints.append(f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}")
    return complaints + [
        f"{one.id}: allowed and not found: take the line out" for one in allowed if one.id not in met
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
