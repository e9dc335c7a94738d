"""How the reliability-*.csv were drawn; they are committed, so that R and Python read the same rows.

Run from the repository: python -m tests.analytics.reference.draw_reliability
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
UNSUR = [
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarpras",
    "pengaduan",
]


def graded(
    rng: np.random.Generator, n: int, levels: int, shift: float, loading: Sequence[float]
) -> NDArray[np.int64]:
    """(n, k) answers of a one-factor model, cut into levels."""
    load = np.asarray(loading)
    z = load * rng.normal(size=(n, 1)) + np.sqrt(1 - load**2) * rng.normal(size=(n, len(load)))
    cuts = np.linspace(-1.6, 1.2, levels - 1) - shift
    return np.asarray(1 + (z[:, :, None] > cuts).sum(axis=2), dtype=np.int64)


def units(rng: np.random.Generator, n: int = 28) -> list[list[float]]:
    """Units with four dimensions of IP ASN, an IKM related to kompetensi, and its standard error."""
    u = rng.normal(size=n)
    ikm = 84 + 4 * u + rng.normal(size=n) * 2
    kualifikasi = 18 + 2 * rng.normal(size=n)
    kompetensi = 24 + 4 * (0.6 * u + 0.8 * rng.normal(size=n))
    kinerja = 25 + 2 * (0.3 * u + 0.95 * rng.normal(size=n))
    columns = [kualifikasi, kompetensi, kinerja, np.full(n, 5.0), ikm, 0.8 + rng.random(n)]
    return [[round(float(v), 2) for v in row] for row in np.column_stack(columns)]


def sekadau() -> list[list[int]]:
    """The 49 published rows."""
    path = HERE.parents[2] / "data/published/skm.json"
    cases: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    rows: list[list[int]] = next(c for c in cases if c["agency"].startswith("Kabupaten Sekadau"))["raw_rows"]
    return rows


def write(name: str, header: Sequence[str], rows: Sequence[Sequence[float]]) -> None:
    with (HERE / f"reliability-{name}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main() -> None:
    rng = np.random.default_rng(20260101)
    write("sekadau", UNSUR, sekadau())
    write("skm200", UNSUR, graded(rng, 200, 4, 0.4, np.linspace(0.35, 0.8, 9).tolist()).tolist())
    write(
        "spak60",
        ["s1", "s2", "s3", "s4", "s5"],
        graded(rng, 60, 6, 0.3, [0.7, 0.6, 0.5, 0.75, 0.4]).tolist(),
    )
    overall = ["persyaratan", "prosedur", "waktu", "perilaku", "sarpras", "keseluruhan"]
    write("overall80", overall, graded(rng, 80, 4, 0.2, [0.6, 0.6, 0.5, 0.7, 0.4, 0.8]).tolist())
    gaps = graded(rng, 120, 4, 0.4, [0.6] * 9)
    gaps[rng.random(gaps.shape) < 0.06] = 0
    write("missing120", UNSUR, gaps.tolist())
    write("units28", ["kualifikasi", "kompetensi", "kinerja", "disiplin", "ikm", "se"], units(rng))


if __name__ == "__main__":
    main()
