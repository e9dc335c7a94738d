"""What R says, and the rows it read: scripts *.R, their output *.json, run by ./regenerate.

Written by R 4.2.2 with survey 4.1-1 and psych (Debian bookworm).
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from analytics.ikm.moments import IntArray

HERE = Path(__file__).parent
Reference = dict[str, list[float]]


def published(topic: str) -> Reference:
    """R's numbers of one script, by name."""
    values: Reference = json.loads((HERE / f"{topic}.json").read_text(encoding="utf-8"))
    return values


def rows(name: str) -> list[dict[str, str]]:
    """Rows of a CSV file beside the scripts, those with at least one answer."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if any(row[f"u{i}"] != "0" for i in range(1, 10))]


def answers(found: list[dict[str, str]]) -> IntArray:
    """The nine unsur of the rows."""
    return np.array([[int(row[f"u{i}"]) for i in range(1, 10)] for row in found], dtype=np.int64)


def by_service(name: str) -> dict[str, tuple[int, IntArray]]:
    """Users and answers of every service, in alphabetical order as in R."""
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(name):
        groups[row["service"]].append(row)
    return {s: (int(groups[s][0]["users"]), answers(groups[s])) for s in sorted(groups)}


def numbers(*values: Any) -> list[float]:
    """Flatten numbers and sequences of numbers; None must not occur."""
    flat: list[float] = []
    for value in values:
        flat += numbers(*value) if isinstance(value, Sequence | np.ndarray) else [float(value)]
    return flat


def named(prefix: str, found: Reference) -> Reference:
    return {f"{prefix}.{name}": value for name, value in found.items()}
