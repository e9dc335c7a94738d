"""How sheets.csv and gaps.csv were drawn; both are committed, so that R and Python read the same rows.

Run from the repository: python -m tests.analytics.reference.draw_sheets
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
#: Service, users, sheets, level of satisfaction.
SERVICES = (("akta", 400, 34, 0.9), ("izin", 90, 18, 0.2), ("ktp", 1500, 41, 1.3), ("pindah", 60, 12, 0.5))
HEADER = ("service", "users", "sex", "age", *(f"u{i}" for i in range(1, 10)))


def draw(rng: np.random.Generator, missing: float) -> list[list[str]]:
    """Graded answers with a common factor per person; a share of them left out as 0."""
    rows = []
    for service, users, n, level in SERVICES:
        for _ in range(n):
            z = level + rng.normal() * 0.8 + rng.normal(size=9)
            answers = 1 + (z[:, None] > np.array([-1.8, -0.8, 0.9])).sum(axis=1)
            answers[rng.random(9) < missing] = 0
            person = [
                str(rng.choice(["L", "P"])),
                str(rng.choice(["muda", "dewasa", "lanjut"], p=[0.3, 0.5, 0.2])),
            ]
            rows.append([service, str(users), *person, *map(str, answers)])
    return rows


def write(name: str, rows: list[list[str]]) -> None:
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADER, *rows])


if __name__ == "__main__":
    rng = np.random.default_rng(20240817)
    write("sheets.csv", draw(rng, 0.0))
    write("gaps.csv", draw(rng, 0.12))
