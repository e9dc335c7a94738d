"""How well free text is grouped: precision and recall on the hand-labelled comments.

Run: python -m benchmarks.comments

The comments of data/reference/comments-labelled.csv were invented for this purpose, after the way citizens
write, and labelled by docs/comment-labels.md. Whole kinds of units are held out, and 253 comments are unseen:
written after the lists. One author wrote both, so expect less on a service's own: label some and measure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analytics.text.comments import CommentWords, Weights, group_comment
from survey_app.services.voices import reading

#: "train" made the rules and weights; the others only measure.
PARTS = ("train", "held-out", "unseen")

_REFERENCE = Path(__file__).parents[1] / "data/reference"


@dataclass(frozen=True)
class Labelled:
    """One comment with what a reader said of it."""

    text: str
    unsur: frozenset[str]
    kind: str
    urgent: bool
    service: str
    part: str


@dataclass(frozen=True)
class Quality:
    """Counts over comments: labels found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        found = self.right + self.wrong
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        meant = self.right + self.missed
        return self.right / meant if meant else None


def labelled(part: str | None = None) -> list[Labelled]:
    """The labelled comments of one part ("train", "held-out") or all."""
    with (_REFERENCE / "comments-labelled.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Labelled(
                row["text"],
                frozenset(filter(None, row["unsur"].split("|"))),
                row["kind"],
                row["urgent"] == "ya",
                row["service"],
                row["part"],
            )
            for row in csv.DictReader(file)
        ]
    return [row for row in rows if part in (None, row.part)]


def measure(comments: Iterable[tuple[Labelled, Weights | None]], words: CommentWords) -> dict[str, Quality]:
    """Quality per unsur and kind, of what is urgent, and over all ("unsur", "kind").

    Args:
        comments: each with the weights it is grouped by; None is the rules alone.
    """
    found = [(c, group_comment(c.text, words, weights)) for c, weights in comments]
    unsur = [(c.unsur, frozenset(g.unsur)) for c, g in found]
    kinds = [(frozenset({c.kind or "-"}), frozenset({g.kind.value if g.kind else "-"})) for c, g in found]
    urgent = [
        (frozenset({"urgent"} if c.urgent else ()), frozenset(g.urgent and {"urgent"})) for c, g in found
    ]
    result = {"unsur": _quality(unsur), "kind": _quality(kinds), "urgent": _quality(urgent)}
    for key in words.order:
        result[key] = _quality((meant & {key}, got & {key}) for meant, got in unsur)
    for kind in ("pujian", "keluhan", "saran", "-"):
        result[kind] = _quality((meant & {kind}, got & {kind}) for meant, got in kinds)
    return result


def describe(quality: dict[str, Quality]) -> str:
    """The overall figures on one line; of kinds precision and recall are the same share."""
    unsur, kind, urgent = quality["unsur"], quality["kind"], quality["urgent"]
    return (
        f"unsur precision {_percent(unsur.precision)} recall {_percent(unsur.recall)}, "
        f"kind right {_percent(kind.recall)}, "
        f"urgent precision {_percent(urgent.precision)} recall {_percent(urgent.recall)}"
    )


def _quality(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Quality:
    known = list(pairs)
    return Quality(
        sum(len(meant & got) for meant, got in known),
        sum(len(got - meant) for meant, got in known),
        sum(len(meant - got) for meant, got in known),
    )


def main() -> None:
    words, weights = reading.words(), reading.weights()
    for part in PARTS:
        comments = labelled(part)
        print(f"{part}: {len(comments)} comments")
        print(f"  rules alone:  {describe(measure([(c, None) for c in comments], words))}")
        quality = measure([(c, weights) for c in comments], words)
        print(f"  with weights: {describe(quality)}")
        for key, q in quality.items():
            print(f"    {key:12} precision {_percent(q.precision)}  recall {_percent(q.recall)}")


def _percent(share: float | None) -> str:
    return "   -" if share is None else f"{100 * share:3.0f}%"


if __name__ == "__main__":
    main()
