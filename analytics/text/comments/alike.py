"""Comments that say the same in about the same words, put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from analytics.text.comments.linear import stems_of
from analytics.text.comments.lists import CommentWords
from analytics.text.comments.rules import read_clauses

#: Of the stems of two comments together, so many are in both where they say the same.
SHARED = 0.5


def group_alike(texts: Sequence[str], words: CommentWords) -> tuple[tuple[int, ...], ...]:
    """The places of `texts` that say the same, the largest group first, and the earliest of equal ones.

    Any two of a group share at least half of their stems (Jaccard's index, complete linkage): a chain of
    small differences does not bring together what has nothing in common. Every place is in one group; which
    one does not depend on the order of `texts`. What has no words at all is like what has none.
    """
    if not texts:
        return ()
    stems = [frozenset(stems_of(read_clauses(text, words))) for text in texts]
    # In an order of their own: ties between equal distances are settled by it.
    different = sorted(set(stems), key=lambda found: sorted(found))
    cluster = dict(zip(different, _clusters(different), strict=True))
    places: dict[int, list[int]] = {}
    for place, found in enumerate(stems):
        places.setdefault(cluster[found], []).append(place)
    return tuple(sorted(map(tuple, places.values()), key=lambda group: (-len(group), group)))


def _clusters(different: Sequence[frozenset[str]]) -> list[int]:
    """The cluster of each set of stems."""
    if len(different) == 1:
        return [0]
    column = {stem: place for place, stem in enumerate(sorted(frozenset().union(*different)))}
    has = np.zeros((len(different), max(1, len(column))), dtype=bool)
    for row, found in enumerate(different):
        has[row, [column[stem] for stem in found]] = True
    tree = linkage(pdist(has, "jaccard"), "complete")
    return [int(number) for number in fcluster(tree, 1 - SHARED, "distance")]
