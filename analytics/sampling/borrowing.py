"""The variance of a sum of independent parts, some of which have too few sheets to tell their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.ikm.estimate import satterthwaite

#: What the pooled variance counts as beside a part's own, in sheets.
PRIOR = 2
#: A part with fewer sheets takes the pooled variance in; from here on its own is enough.
ENOUGH = 10


@dataclass(frozen=True)
class Part:
    """One independent part of a sum.

    Attributes:
        factor: what its variance per sheet is multiplied by in the variance of the sum: the square of its
            share times (1 - n/N) / n.
        spread: variance per sheet; None when its own sheets cannot tell.
        df: degrees of freedom of `spread`, sheets - 1; 0 without it.
    """

    factor: float
    spread: float | None
    df: int


def variance(parts: Sequence[Part]) -> tuple[float, float] | None:
    """Variance of the sum and its degrees of freedom; None when no part varies, so that nothing is known.

    s_p^2 = sum df_u s_u^2 / sum df_u, the pooled variance per sheet within the parts. A part without a
    variance of its own has s_p^2; one with fewer than 10 sheets, or whose sheets all agree, has
    (2 s_p^2 + df_u s_u^2) / (2 + df_u); every other its own. The sum is then sum c_u s_u^2 with known c_u,
    and its degrees of freedom are Satterthwaite's for these terms.

    Why two sheets and ten: `python -m benchmarks.coverage` and docs/decisions/borrowed-variance.md.

    Source: Cochran 1977, 5.4 and 5A.12 (pooling the variances of strata with one unit); Smyth 2004,
        Statistical Applications in Genetics and Molecular Biology 3(1) (moderated variances); Satterthwaite
        1946.
    """
    own = [(p, p.spread, p.df) for p in parts if p.spread is not None and p.df > 0]
    all_df = sum(df for _, _, df in own)
    if not any(spread for _, spread, _ in own):
        return None
    lent = sum(p.factor * borrowed_share(p.spread, p.df) for p in parts) / all_df
    terms = [
        ((p.factor * (1 - borrowed_share(spread, df)) + lent * df) * spread, df) for p, spread, df in own
    ]
    df = satterthwaite(terms)
    return None if df is None else (sum(term for term, _ in terms), df)


def borrowed_share(spread: float | None, df: float) -> float:
    """Weight of the pooled variance in a part's own, 0 to 1."""
    if spread is None:
        return 1.0
    return PRIOR / (PRIOR + df) if df + 1 < ENOUGH or spread == 0 else 0.0
