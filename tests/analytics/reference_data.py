"""What R computed (reference/<topic>.json) and the data it computed from (reference/<topic>-<name>.csv)."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np

from analytics.ikm.covariance import FloatArray
from analytics.ikm.moments import IntArray

FOLDER = Path(__file__).parent / "reference"
Reference = dict[str, dict[str, list[float]]]


def reference(topic: str) -> Reference:
    """Data set -> statistic -> values, written by R with 17 significant digits."""
    values: Reference = json.loads((FOLDER / f"{topic}.json").read_text(encoding="utf-8"))
    return values


def columns(topic: str, name: str) -> dict[str, FloatArray]:
    """Columns of a committed data set by their heading."""
    with (FOLDER / f"{topic}-{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    values = np.array(rows, dtype=np.float64)
    return {key: values[:, i] for i, key in enumerate(head)}


def answers(topic: str, name: str) -> IntArray:
    """A committed data set of answer sheets, (n, k)."""
    return np.stack(list(columns(topic, name).values()), axis=1).astype(np.int64)
