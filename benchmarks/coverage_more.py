"""Intervals of an index where the table does not look: real sheets, known failures, monotony, change.

Each function prints one table. `draws` are the samples of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from analytics.comparison.compare import Difference, change, difference
from analytics.ikm import Moments
from analytics.ikm.estimate import Estimate
from analytics.ikm.moderated import expected_dispersion
from analytics.ikm.scoring import score
from benchmarks import interval_methods as methods
from benchmarks.coverage_grid import DRIFTING, FLOOR, Users, drifting, held
from benchmarks.interval_methods import Ends
from benchmarks.people import People, Sheets, loyal, reference_sheets, sekadau, with_angry
from benchmarks.sheets import Loyal

SMALL = (3, 5, 10, 20, 30)
#: Months of own past.
YEAR = 12


def show_real(draws: int, rng: Generator) -> None:
    """Sheets that exist, drawn with replacement; what is invented says so. Width beside coverage."""
    rows = [("Sekadau, 49 real sheets", sekadau())]
    rows += [(f"{name} (invented)", people) for name, people in reference_sheets().items()]
    rows += [(f"alike users, IKM {ikm:.0f}", loyal(ikm, 0.0, 0.055)) for ikm in (75, 85, 92, 96)]
    print(
        "\nSheets that exist, and provinces of low dispersion: coverage / width; dispersion beside the name"
    )
    print(f"{'':34}{'n':>3}" + "".join(f"{h:>16}" for h in ("no past", "12 months", "logit-t", "plain t")))
    for name, people in rows:
        for n in SMALL:
            sheets = Sheets.of(people.draw(rng, n, draws))
            pasts = methods.pasts_of(people.draw(rng, n, draws, YEAR))
            ends = (
                methods.product(sheets),
                methods.product(sheets, 0.0, pasts),
                methods.logit_t(sheets),
                methods.plain_t(sheets),
            )
            shown = "".join(_shown(e, people.truth) for e in ends)
            print(
                f"{f'{name} ({people.dispersion:.3f})' if n == SMALL[0] else '':34}{n:3d}{shown}", flush=True
            )


def show_failures(draws: int, rng: Generator) -> None:
    """Where the interval is known to hold the truth less often than it says, or may."""
    print("\nKnown exceptions: coverage / width")
    print(f"{'':58}" + "".join(f"{h:>16}" for h in ("product", "logit-t", "plain t")))
    for name, people, n, levels, unsur in _failing():
        sheets = Sheets.of(people.draw(rng, n, draws))
        likely = expected_dispersion((Fraction(1, unsur),) * unsur, levels)
        ends = methods.product(sheets, 0.0, None, likely), methods.logit_t(sheets), methods.plain_t(sheets)
        print(f"{name:58}" + "".join(_shown(e, people.truth) for e in ends), flush=True)
    print("\nPast no longer true, 12 months: lowest coverage over six IKM 65 to 99 / how many below .935")
    print(f"{'':46}" + "".join(f"{f'n {n}':>14}" for n in SMALL))
    for name, past, now in _drifts():
        cells = [_drifted(past, now, n, draws, rng) for n in SMALL]
        shown = "".join(f"{min(c):10.3f} / {sum(v < FLOOR for v in c)}" for c in cells)
        print(f"{name:46}{shown}", flush=True)


def _failing() -> Iterator[tuple[str, People, int, int, int]]:
    for ikm in (94.0, 95.0, 96.0):
        # All others together give the index that makes the whole of it `ikm`.
        others = loyal((ikm - 0.03 * 25) / 0.97, 0.0, 0.1)
        for n in (30, 60, 200):
            yield f"3 % angry sheets, IKM {ikm:.0f}, n {n}", with_angry(others, 0.03), n, 4, 9
    for ikm in (65.0, 85.0, 96.0):
        for n in (5, 10, 30):
            yield f"two levels, IKM {ikm:.0f}, n {n}, s .6 rho .3", loyal(ikm, 0.6, 0.3, 9, 2), n, 2, 9
    for n in (5, 10, 30):
        yield f"one unsur, IKM 85, n {n}, rho .3", loyal(85.0, 0.0, 0.3, 1), n, 4, 1


Kind = tuple[float, float]


def _drifts() -> Iterator[tuple[str, Kind | None, Kind]]:
    """Name, lines and rho of the past (None: it drifts evenly from s 0, rho .1), lines and rho now."""
    yield "abrupt, from s 0 rho .1 to s .6 rho .3", (0.0, 0.1), (0.6, 0.3)
    yield "abrupt, from s 0 rho .1 to s .3 rho .2", (0.0, 0.1), (0.3, 0.2)
    yield "abrupt, from s .3 rho .2 to s .6 rho .3", (0.3, 0.2), (0.6, 0.3)
    yield "evenly, from s 0 rho .1 to s .6 rho .3", None, (0.6, 0.3)
    yield "evenly, from s 0 rho .1 to s .3 rho .2", None, (0.3, 0.2)


def _drifted(past: Kind | None, now: Kind, n: int, draws: int, rng: Generator) -> list[float]:
    found = []
    for ikm in (65.0, 75.0, 85.0, 92.0, 96.0, 99.0):
        users = Users(ikm, n, *now)
        months = (
            drifting(users, DRIFTING, draws, rng)
            if past is None
            else loyal(ikm, *past).draw(rng, n, draws, YEAR)
        )
        sheets = Sheets.of(users.people.draw(rng, n, draws))
        found.append(held(methods.product(sheets, 0.0, methods.pasts_of(months)), users.people.truth)[0])
    return found


def show_monotony(draws: int, rng: Generator) -> None:
    """How often one answer a level higher makes an end of the interval lower, and by how much at most."""
    print(
        "\nOne answer one level higher, IKM 75 to 99: share of samples where an end can fall, points at most"
    )
    print(f"{'n':>4}{'product':>18}{'with a past':>18}{'logit-t':>18}")
    for n in (3, 5, 10, 30, 100):
        found: dict[str, list[tuple[float, float]]] = {}
        for ikm in (75.0, 85.0, 96.0, 99.0):
            people = loyal(ikm, 0.3, 0.2)
            counts = people.draw(rng, n, draws)
            pasts = methods.pasts_of(people.draw(rng, n, draws, YEAR))
            for name, method in (
                ("product", methods.product),
                ("with a past", None),
                ("logit-t", methods.logit_t),
            ):
                found.setdefault(name, []).append(_falls(counts, method, pasts))
        shown = "".join(
            f"{np.mean([share for share, _ in v]):10.3f} {max(most for _, most in v):7.2f}"
            for v in found.values()
        )
        print(f"{n:4d}{shown}", flush=True)
    best = Sheets.of(np.eye(28, dtype=np.int64)[[27]] * 100)
    worse = Sheets.of((np.eye(28, dtype=np.int64)[27] * 99 + np.eye(28, dtype=np.int64)[26])[None])
    for name, method in (("product", methods.product), ("logit-t", methods.logit_t)):
        ends = " ".join(
            f"{25 + 75 * low[0]:.2f}-{25 + 75 * high[0]:.2f}" for low, high in map(method, (best, worse))
        )
        print(f"     100 sheets of all 4, and the same with one 3 ({name}): {ends}")


def _falls(
    counts: np.ndarray, method: Callable[[Sheets], Ends] | None, pasts: methods.Pasts
) -> tuple[float, float]:
    """Share of samples with any such answer; the largest fall in points."""

    def ends(rows: np.ndarray, which: np.ndarray) -> np.ndarray:
        sheets = Sheets.of(rows)
        told = [pasts[i] for i in which]
        return np.array(method(sheets) if method else methods.product(sheets, 0.0, told))

    every = np.arange(len(counts))
    before, worst = ends(counts, every), np.zeros(len(counts))
    for step in range(counts.shape[1] - 1):
        which = every[counts[:, step] > 0]
        if len(which):
            raised = counts[which]
            raised[:, step] -= 1
            raised[:, step + 1] += 1
            fall = 75 * (before[:, which] - ends(raised, which)).max(axis=0)
            worst[which] = np.maximum(worst[which], fall)
    return float((worst > 1e-6).mean()), float(worst.max())


@dataclass(frozen=True)
class Changes:
    """Of many pairs of periods: coverage, mean width, share of p below .05, share without an interval.

    The first three are of the pairs with an interval, nan where there are none: a page prints none there.
    """

    coverage: float
    width: float
    called: float
    without: float


def show_change(draws: int, rng: Generator) -> None:
    """Two periods of one unit by the product's code on whole answers, beside Welch (`compare.difference`)."""
    print(
        "\nChange of two periods, IKM 65 to 95, s 0 to .6: lowest and mean coverage, mean width, most p < .05"
    )
    print("(where nothing changed) of the intervals there are; the largest share of pairs without one")
    heads = f"{'min':>7}{'mean':>7}{'width':>7}{'p<.05':>7}{'none':>6}"
    print(f"{'':22}{'product':>34}{'Welch':>34}\n{'':22}{heads}{heads}")
    for risen in (0.0, 4.0):
        for sizes in ((3, 3), (5, 5), (10, 10), (5, 30), (30, 30), (200, 200)):
            found = [
                _changes(ikm, risen, sizes, kind, draws, rng)
                for ikm in (65.0, 80.0, 90.0, 95.0)
                for kind in ((0.0, 0.1), (0.0, 0.3), (0.6, 0.3))
            ]
            shown = "".join(_row(rows, bool(risen)) for rows in zip(*found, strict=True))
            print(f"{f'n {sizes[0]} and {sizes[1]}, +{risen:.0f}':22}{shown}", flush=True)


def _row(rows: Sequence[Changes], risen: bool) -> str:
    covered, width, called, without = np.array([(r.coverage, r.width, r.called, r.without) for r in rows]).T
    p = "" if risen else f"{np.nanmax(called):.3f}"
    return (
        f"{np.nanmin(covered):7.3f}{np.nanmean(covered):7.3f}{np.nanmean(width):7.1f}{p:>7}"
        f"{without.max():6.2f}"
    )


def _changes(
    ikm: float, risen: float, sizes: tuple[int, int], kind: Kind, draws: int, rng: Generator
) -> tuple[Changes, Changes]:
    """The product's and Welch's; as in the table, what seems near the floor is drawn afresh for longer."""
    found = _compared(ikm, risen, sizes, kind, draws, rng)
    near = found[0].coverage < FLOOR + 0.01
    return _compared(ikm, risen, sizes, kind, 4 * draws, rng) if near else found


def _compared(
    ikm: float, risen: float, sizes: tuple[int, int], kind: Kind, draws: int, rng: Generator
) -> tuple[Changes, Changes]:
    indices = ikm, ikm + risen
    periods = [Loyal(v, *kind).answer(rng, draws, n) for v, n in zip(indices, sizes, strict=True)]
    estimates = [[Estimate.of(score(Moments.from_answers(x))) for x in period] for period in periods]
    pairs = list(zip(*estimates, strict=True))
    return _told(change, pairs, risen), _told(difference, pairs, risen)


def _told(
    compared: Callable[[Estimate, Estimate], Difference],
    pairs: Sequence[tuple[Estimate, ...]],
    truth: float,
) -> Changes:
    found = [compared(before, after) for before, after in pairs]
    ends = np.array([d.interval or (np.nan, np.nan) for d in found])
    exists = ~np.isnan(ends[:, 0])
    if not exists.any():
        return Changes(np.nan, np.nan, np.nan, 1.0)
    low, high = ends[exists].T
    # An end that is the truth but for rounding holds it.
    holds = (low <= truth + 1e-9) & (truth - 1e-9 <= high)
    called = sum(d.p is not None and d.p < 0.05 for d in found) / exists.sum()
    return Changes(float(holds.mean()), float((high - low).mean()), float(called), float(1 - exists.mean()))


def _shown(ends: Ends, truth: float) -> str:
    covered, width, _, _ = held(ends, truth)
    return f"{covered:9.3f} /{width:5.1f}"
