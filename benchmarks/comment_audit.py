"""How often the true number of comments lies in the interval that an audit gives, and in the count itself.

Run: python -m benchmarks.comment_audit

Periods of 400 comments are drawn from the labelled ones that nothing was made by, grouped as the product
does; of each period some are audited, and the labels of all are the truth.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from analytics.text import Judged, draw_comments, group_comment, worth_of_count
from benchmarks.comments import Labelled, labelled
from survey_app.services.voices import reading

SIZES = (30, 60, 200)
COMMENTS, PERIODS = 400, 150

#: A comment as it is grouped and as a person does.
Pair = tuple[frozenset[str], frozenset[str]]


def main() -> None:
    pairs = [_pair(row) for row in labelled() if row.part != "train"]
    print(f"{len(pairs)} labelled comments, {PERIODS} periods of {COMMENTS}: share held, mean width")
    for size in SIZES:
        held: dict[str, list[tuple[bool, float]]] = defaultdict(list)
        for what, holds, width in _audits(pairs, size, np.random.default_rng(size)):
            held[what].append((holds, width))
        for what, of in held.items():
            share, width = np.mean(of, axis=0)
            print(f"{size:4} {what:14} {share:.3f}  {width:.2f}  ({len(of)})")


def _audits(pairs: Sequence[Pair], size: int, rng: np.random.Generator) -> Iterator[tuple[str, bool, float]]:
    labels = sorted({label for pair in pairs for labels in pair for label in labels})
    for _ in range(PERIODS):
        period = [pairs[i] for i in rng.integers(0, len(pairs), COMMENTS)]
        drawn = draw_comments(_strata(period), size, rng)
        for label in labels:
            given = [(label in found, label in meant) for found, meant in period]
            judged = [Judged(*given[d.index], d.rate / d.probability, True) for d in drawn]
            yield from _told(given, judged)


def _told(given: Sequence[tuple[bool, bool]], judged: Sequence[Judged]) -> Iterator[tuple[str, bool, float]]:
    found, truth = sum(f for f, _ in given), sum(m for _, m in given)
    right = sum(f and m for f, m in given)
    worth = worth_of_count(judged, found, len(given) - found)
    for what, share, of in (("right", worth.precision, found), ("not missed", worth.recall, truth)):
        if share.low is not None and share.high is not None and of:
            yield what, share.low - 1e-9 <= right / of <= share.high + 1e-9, share.high - share.low
    if worth.likely is not None and truth:
        low, _, high = worth.likely
        yield "likely number", low <= truth <= high, (high - low) / truth
        yield "the count", found == truth, 0.0


def _pair(row: Labelled) -> Pair:
    grouped = group_comment(row.text, reading.words(), reading.weights())
    found = {*grouped.unsur, f"kind {grouped.kind or '-'}", *(["urgent"] if grouped.urgent else [])}
    return frozenset(found), row.unsur | {f"kind {row.kind or '-'}"} | ({"urgent"} if row.urgent else set())


def _strata(period: Sequence[Pair]) -> list[str]:
    """As services/voices/auditing does: by the rarest unsur, the kind, and whether it is urgent."""
    often = Counter(label for found, _ in period for label in found)
    strata = []
    for found, _ in period:
        unsur = [label for label in found if label != "urgent" and not label.startswith("kind ")]
        kind = next(label for label in found if label.startswith("kind "))
        rarest = min(unsur, key=lambda label: (often[label], label), default="-")
        strata.append(f"{'!' if 'urgent' in found else ''}{rarest}/{kind}")
    return strata


if __name__ == "__main__":
    main()
