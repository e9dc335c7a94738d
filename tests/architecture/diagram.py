"""Pictures of the import contracts for docs/architecture.md; run as a module it draws them anew."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/architecture.md"
#: Where a diagram stands: <!-- layers: name of the contract --> ... <!-- end -->
_PLACE = re.compile(r"<!-- layers: (?P<name>[^>]+) -->\n.*?<!-- end -->", re.DOTALL)


def with_diagrams(text: str) -> str:
    """`text` with every diagram drawn anew from its contract."""
    contracts = {contract["name"]: contract for contract in _contracts()}

    def drawn(place: re.Match[str]) -> str:
        name = place["name"]
        return f"<!-- layers: {name} -->\n{diagram(contracts[name])}<!-- end -->"

    return _PLACE.sub(drawn, text)


def diagram(contract: dict[str, Any]) -> str:
    """A box per layer, the highest first; each may import what stands below it and nothing above."""
    rows = [re.split(r" [|:] ", layer) for layer in contract["layers"]]
    boxes = [" · ".join(module.removeprefix("survey_app.") for module in row) for row in rows]
    chain = [f'  L{i}["{box}"]' for i, box in enumerate(boxes)]
    arrows = " --> ".join(f"L{i}" for i in range(len(boxes)))
    return "\n".join(["```mermaid", "flowchart TD", *chain, f"  {arrows}", "```", ""])


def _contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return [contract for contract in found if contract["type"] == "layers"]


if __name__ == "__main__":
    DOCUMENT.write_text(with_diagrams(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
