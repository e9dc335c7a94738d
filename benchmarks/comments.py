"""How well free text is grouped: precision and recall on the hand-labelled comments.

Run: python -m benchmarks.comments

The comments of data/reference/comments-labelled.csv were invented for this purpose, after the way citizens
write, and labelled by docs/comment-labels.md. Whole kinds of units are held out: rules are made by the others.
One author wrote both, so expect less on a service's own comments: label some of those and measure.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.text.comments import CommentWords, group_comment
from survey_app.services.voices import reading

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


def measure(comments: Sequence[Labelled], words: CommentWords) -> dict[str, Quality]:
    """Quality per unsur and kind, and over all of either ("unsur", "kind")."""
    found = [group_comment(comment.text, words) for comment in comments]
    unsur = [(c.unsur, frozenset(g.unsur)) for c, g in zip(comments, found, strict=True)]
    kinds = [
        (frozenset({c.kind} - {""}), frozenset({g.kind.value}) if g.kind else frozenset[str]())
        for c, g in zip(comments, found, strict=True)
    ]
    result = {"unsur": _quality(unsur), "kind": _quality(kinds)}
    for key in words.order:
        result[key] = _quality((meant & {key}, got & {key}) for meant, got in unsur)
    for kind in ("pujian", "keluhan", "saran"):
        result[kind] = _quality((meant & {kind}, got & {kind}) for meant, got in kinds)
    return result


def _quality(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> Quality:
    known = list(pairs)
    return Quality(
        sum(len(meant & got) for meant, got in known),
        sum(len(got - meant) for meant, got in known),
        sum(len(meant - got) for meant, got in known),
    )


def main() -> None:
    words = reading.words()
    for part in ("train", "held-out"):
        comments = labelled(part)
        print(f"{part}: {len(comments)} comments")
        for key, q in measure(comments, words).items():
            print(f"  {key:12} precision {_percent(q.precision)}  recall {_percent(q.recall)}")


def _percent(share: float | None) -> str:
    return "   -" if share is None else f"{100 * share:3.0f}%"


if __name__ == "__main__":
    main()
