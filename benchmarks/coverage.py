"""How often does the 95 % interval of the IKM hold the truth? python -m benchmarks.coverage [--quick]

Seeded. The table of every method in every cell (`coverage_grid`), a summary first and each cell with --cells;
then real sheets, alike users, what the interval is known to fail at, monotony and the change of two periods
(`coverage_more`); then the other intervals that pages print (`printed_intervals`). The product's are made by
its own code.

In the summary: lowest and highest coverage; cells below .935; cells above .975; mean width in points; mean
share of intervals that lie wholly above, and wholly below, the truth.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import numpy as np

from benchmarks import coverage_grid, coverage_more, printed_intervals

SEED = 20261130
#: Samples of a cell, of a row of the small tables and of a pair of periods.
DRAWS, QUICK = (2_000, 4_000, 300), (100, 1_000, 50)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="about a minute, and rough")
    parser.add_argument("--cells", action="store_true", help="print every cell as well")
    parser.add_argument("--draws", type=int, help=f"samples a cell, {DRAWS[0]} unless told")
    asked = parser.parse_args(arguments)
    in_cell, in_row, pairs = QUICK if asked.quick else DRAWS
    in_cell = asked.draws or in_cell
    rng = np.random.default_rng(SEED)
    print(
        f"{in_cell:,} samples a cell; where the product seems below {coverage_grid.FLOOR + 0.01:.3f} "
        f"afresh with {4 * in_cell:,}"
    )
    for n in coverage_grid.SIZES:
        cells = list(coverage_grid.grid(n, in_cell, rng))
        print(f"\n{f'n {n}':23} {'min':>5} {'max':>5} {'<.935':>10} {'>.975':>6} {'width':>6} above  below")
        coverage_grid.show_summary(cells)
        if asked.cells:
            print(f"  {'method':21} IKM    n   s rho n/N  cover  width  above  below")
            coverage_grid.show_cells(cells)
    # Each from a seed of its own: so a table stays as it is when another changes.
    coverage_more.show_real(in_row, np.random.default_rng((SEED, 3)))
    coverage_more.show_failures(in_row, np.random.default_rng((SEED, 4)))
    coverage_more.show_monotony(max(100, in_row // 10), np.random.default_rng((SEED, 5)))
    coverage_more.show_change(pairs, np.random.default_rng((SEED, 1)))
    printed_intervals.show(np.random.default_rng((SEED, 2)), in_row // 10)


if __name__ == "__main__":
    main()
