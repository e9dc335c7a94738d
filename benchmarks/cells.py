"""18,000 unit-months with interval, odds and alpha: roll-up cells against pandas and DuckDB on raw rows.

python -m benchmarks.cells            1 million rows
python -m benchmarks.cells --large    10 million rows too

One run, one machine, the same answers for all: raw rows in memory (pandas columns, a DuckDB table), and the
roll-up as it is stored (`Moments.to_bytes` of every cell, one after the other). All three must deliver, for
each unit and month, the IKM, its standard error and Cronbach's alpha; from these the interval and the odds
are the same arithmetic, so only the roll-up's time includes them. Times are the best of three; what counts
are the ratios.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import Moments
from analytics.batch import score_all
from analytics.batch_sums import alpha_all
from analytics.stack import stack_bytes
from benchmarks.sheets import Users

SEED = 20260818
CELLS, CHUNK, REPEATS = 18_000, 1_000_000, 3
UNSUR = [f"u{i}" for i in range(1, 10)]
TOTAL = " + ".join(UNSUR)
SPREADS = ", ".join(f"var_samp({u})" for u in (*UNSUR, TOTAL))
QUERY = f"SELECT cell, count(*), avg({TOTAL}), {SPREADS} FROM sheets GROUP BY cell ORDER BY cell"

FloatArray = NDArray[np.float64]


def draw(rows: int) -> pd.DataFrame:
    """`rows` sheets spread over the cells, nine int8 columns and the cell (unit x month)."""
    rng = np.random.default_rng(SEED)
    users = Users.at(82.0)
    parts = [users.answer(rng, min(CHUNK, rows - start)) for start in range(0, rows, CHUNK)]
    frame = pd.DataFrame(np.concatenate(parts), columns=UNSUR)
    frame["cell"] = rng.permutation(np.arange(rows, dtype=np.int32) % CELLS)
    return frame


def roll_up(frame: pd.DataFrame) -> bytes:
    """The stored form of every cell; made once, when answers arrive, and not part of any time below."""
    order = np.argsort(frame["cell"].to_numpy(), kind="stable")
    answers = frame[UNSUR].to_numpy()[order]
    ends = np.cumsum(np.bincount(frame["cell"], minlength=CELLS))[:-1]
    return b"".join(Moments.from_answers(part).to_bytes() for part in np.split(answers, ends))


def by_cells(data: bytes) -> FloatArray:
    """IKM, se, alpha, with interval and odds besides, from the roll-up."""
    cells = stack_bytes(data, k=9)
    scored = score_all(cells)
    return np.column_stack([scored.value.filled(0), scored.se.filled(0), alpha_all(cells).filled(0)])


def by_duckdb(connection: duckdb.DuckDBPyConnection) -> FloatArray:
    """The same by one GROUP BY over the raw rows, asking for nothing that IKM, se and alpha do not need."""
    found = connection.execute(QUERY).fetchnumpy()
    _, n, mean, *variances = (np.asarray(v, dtype=np.float64) for v in found.values())
    return _statistics(n, mean, np.column_stack(variances))


def by_pandas(frame: pd.DataFrame) -> FloatArray:
    """The same by pandas' groupby."""
    grouped = frame.assign(total=frame[UNSUR].sum(axis=1)).groupby("cell")
    n, mean = grouped.size().to_numpy().astype(np.float64), grouped["total"].mean().to_numpy()
    return _statistics(n, mean, grouped.var().to_numpy())


def _statistics(n: FloatArray, mean: FloatArray, variances: FloatArray) -> FloatArray:
    """IKM, se and alpha from the variances of the unsur and, last, of their sum."""
    total = variances[:, 9]
    alpha = 9 / 8 * (1 - variances[:, :9].sum(axis=1) / total)
    return np.column_stack([25 / 9 * mean, 25 / 9 * np.sqrt(total / n), alpha])


def best(work: Callable[[], FloatArray]) -> tuple[float, FloatArray]:
    """Shortest of the repeats, in seconds, and the result."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result


def run(rows: int) -> None:
    """Time the three ways on `rows` sheets and print them; they must agree to 1e-9."""
    frame = draw(rows)
    data = roll_up(frame)
    connection = duckdb.connect()
    connection.execute("CREATE TABLE sheets AS SELECT * FROM frame")
    cells, ours = best(lambda: by_cells(data))
    print(f"{rows:,} rows, {CELLS:,} unit-months, roll-up {len(data) / 1e6:.1f} MB")
    print(f"  roll-up cells  {cells * 1000:9.1f} ms    (IKM, interval, odds, alpha)")
    for name, work in (("DuckDB", lambda: by_duckdb(connection)), ("pandas", lambda: by_pandas(frame))):
        seconds, theirs = best(work)
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)
        print(f"  {name} on rows {seconds * 1000:9.1f} ms    {seconds / cells:6.1f} x the roll-up")


def main() -> None:
    """Run at 1 million rows, and at 10 million when asked."""
    parser = argparse.ArgumentParser(description="Roll-up cells against raw rows.")
    parser.add_argument("--large", action="store_true", help="10 million rows too (about 3 GB of memory)")
    for rows in (1_000_000, 10_000_000) if parser.parse_args().large else (1_000_000,):
        run(rows)


if __name__ == "__main__":
    main()
