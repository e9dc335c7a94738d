"""The product uses of `analytics` what its packages offer, and they offer what the product uses."""

from __future__ import annotations

import ast
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("analytics", *(f"analytics.{path.parent.name}" for path in ROOT.glob("analytics/*/__init__.py")))


def _used() -> dict[str, set[str]]:
    """By module of `analytics`, the names that the product takes from it."""
    used: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "survey_app").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analytics":
                used[str(node.module)] |= {alias.name for alias in node.names}
            elif isinstance(node, ast.Import):
                taken = [alias.name for alias in node.names if alias.name.split(".")[0] == "analytics"]
                assert taken == [], f"{path}: name what is used of {taken}"
    return used


USED = _used()


def test_the_product_goes_no_deeper_than_a_package() -> None:
    assert USED.keys() <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_offers_what_the_product_uses_and_nothing_else(package: str) -> None:
    offering = import_module(package)
    inside = {name.removeprefix(f"{package}.") for name in PACKAGES if name != package}
    # A package is taken whole where its names alone would hide others, as `ikm` for `ikm.score`.
    assert set(offering.__all__) == USED[package] - inside
    assert all(hasattr(offering, name) for name in offering.__all__)
