"""Rows of a table in an order in which neighbours are alike: a table of units and unsur read as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def alike_order(rows: Sequence[Sequence[float | None]]) -> tuple[int, ...]:
    """The places of the rows, such that rows with the same strong and weak columns stand together.

    A row is taken less its own mean, so that what counts is where it is strong and not how high it is. The
    rows are joined by average linkage of Euclidean distances, and turned so that neighbours are as close as
    the tree allows; the end with the lower mean comes first.

    Missing data: None counts as the row's own mean, which is nearest to nothing. A row without any value
    counts as one without any strength.

    Args:
        rows: of equal length, in points.

    Source: Sokal and Michener 1958 (average linkage); Bar-Joseph, Gifford and Jaakkola 2001, Bioinformatics
        17 (optimal leaf ordering).
    """
    if len(rows) < 3:
        return tuple(range(len(rows)))
    # Loaded by who looks at such a table, and not at the start of every server of forms.
    from scipy.cluster.hierarchy import leaves_list, linkage

    values = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64)
    means = np.array([np.nanmean(row) if (~np.isnan(row)).any() else 0.0 for row in values])
    shape = np.nan_to_num(values - means[:, None])
    order = [int(i) for i in leaves_list(linkage(shape, "average", optimal_ordering=True))]
    half = len(order) // 2
    turned = means[order[:half]].mean() > means[order[-half:]].mean()
    return tuple(order[::-1] if turned else order)
