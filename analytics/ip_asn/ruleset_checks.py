"""What a rule set must satisfy to mean something; each finding names the place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from analytics.ip_asn.ruleset import DIMENSIONS, Level, Problem, Ruleset

_WHOLE = 100


def problems(ruleset: Ruleset) -> tuple[Problem, ...]:
    """Everything wrong with the meaning of `ruleset`, in the order of the file."""
    found = [*_header(ruleset), *_categories(ruleset)]
    if ruleset.computes:
        found += [*_all_levels(ruleset), *_ratings(ruleset), *_competence(ruleset)]
    return tuple(found)


def _header(ruleset: Ruleset) -> Iterator[Problem]:
    if sum(ruleset.maxima) != _WHOLE:
        yield Problem("maxima-sum", "/maxima", str(sum(ruleset.maxima)), "maxima that sum to 100")
    if ruleset.last_year is not None and ruleset.last_year < ruleset.first_year:
        yield Problem("years-order", "/years", str(ruleset.last_year), f"{ruleset.first_year} or later")
    if not ruleset.computes and not ruleset.unknown:
        yield Problem("unknown-empty", "/unknown", "nothing", "what is unknown, as records are not computed")


def _categories(ruleset: Ruleset) -> Iterator[Problem]:
    bands = ruleset.categories
    if not bands or bands[0].low != 0 or bands[-1].high != _WHOLE:
        yield Problem("categories-range", "/categories", str(bands[:1]), "bands from 0 to 100")
    for i, (lower, upper) in enumerate(pairwise(bands), start=1):
        if not lower.low <= lower.high < upper.low <= upper.high:
            yield Problem("categories-order", f"/categories/{i}", str(upper.low), f"above {lower.high}")
    yield from _twice([b.name for b in bands], "/categories")


def _all_levels(ruleset: Ruleset) -> Iterator[Problem]:
    for name in ("kualifikasi", "kinerja", "disiplin"):
        levels: Sequence[Level] = getattr(ruleset, name)
        path, maximum = f"/records/{name}", ruleset.maximum(name)
        scores = [level.score for level in levels]
        if not scores or scores[0] != maximum:
            yield Problem("level-maximum", path, str(scores[:1]), f"the first level scores {maximum}")
        if any(a < b for a, b in pairwise(scores)) or any(score < 0 for score in scores):
            yield Problem("level-order", path, str(scores), "scores that never rise from level to level")
        yield from _twice([level.name for level in levels], path)


def _ratings(ruleset: Ruleset) -> Iterator[Problem]:
    lows = [level.low for level in ruleset.kinerja if level.low is not None]
    path = "/records/kinerja"
    if ruleset.rated_by not in ("rating", "predicate"):
        yield Problem("rated-by", path, ruleset.rated_by, "rating or predicate")
    expected = len(ruleset.kinerja) if ruleset.rated_by == "rating" else 0
    if len(lows) != expected or any(a <= b for a, b in pairwise(lows)):
        yield Problem("rating-order", path, str([str(v) for v in lows]), "one falling lower bound per level")


def _competence(ruleset: Ruleset) -> Iterator[Problem]:
    maximum = ruleset.maximum(DIMENSIONS[1])
    for i, group in enumerate(ruleset.kompetensi):
        total = sum(part.score for part in group.parts)
        if total != maximum:
            yield Problem(
                "kompetensi-sum", f"/records/kompetensi/{i}", str(total), f"parts that sum to {maximum}"
            )
    yield from _twice([j for group in ruleset.kompetensi for j in group.jabatan], "/records/kompetensi")
    yield from _twice([group.key for group in ruleset.kompetensi], "/records/kompetensi")


def _twice(names: Sequence[str], path: str) -> Iterator[Problem]:
    for name in sorted({n for n in names if names.count(n) > 1}):
        yield Problem("name-twice", path, name, "every name once")
