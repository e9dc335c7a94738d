"""How well what points to a person is found: precision and recall by span on the hand-labelled comments.

Run: python -m benchmarks.redaction

The comments of data/reference/redaction-labelled.csv were invented for this purpose, after the way citizens
write: what must go stands as {kind:words}, and half of the comments have nothing that must. The first 306
were labelled before the rules existed, and every second of them is held out: the rules were tuned on the
others. One author wrote both, so expect less on a service's own comments: label some of those and measure.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analytics.text.redaction import Span, find_personal, redact
from analytics.text.redaction.spans import Personal
from survey_app.services.voices import shown

_LIST = Path(__file__).parents[1] / "data/reference/redaction-labelled.csv"
_MARKED = re.compile(r"\{(?P<kind>\w+):(?P<words>[^}]*)\}")

#: Texts that take a careless expression a time that grows with the square of their length.
HOSTILE = (
    "1", "0", "1 ", "0 ", "0-", "8.", "08.15-12.30 ", "@", "a@", "a@b.c ", "a.", " at ", "rt ",
    "jl. a ", "Jl. Aa No ",
    "KT 12 ", "o", "O0", " ", "(", "0(", "t.me/a", "nik ", "nik no 1 ", "wa 123456 ", "blok a ",
    "satu ", "0\u200b", "pak ",
    "Pak Aa ", "ig: ", "Rp 1.000 ", "1/", "100,", "0 titik ", "\u0660", "[telepon]",
)  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A comment as it was written, and what of it must go."""

    text: str
    spans: tuple[Span, ...]
    split: str


@dataclass(frozen=True)
class Quality:
    """Spans: found ones that hold nothing else, found ones that do, labelled ones that are gone, and not."""

    right: int
    wrong: int
    gone: int
    missed: int

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        return self.gone / (self.gone + self.missed) if self.gone + self.missed else None


def labelled(split: str | None = None) -> list[Labelled]:
    """The labelled comments of one split ("tune", "held-out") or all."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        rows = [_labelled(row["text"], row["split"]) for row in csv.DictReader(file)]
    return [row for row in rows if split in (None, row.split)]


def _labelled(marked: str, split: str) -> Labelled:
    text, spans, at = "", list[Span](), 0
    for match in _MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match["words"]), Personal(match["kind"])))
        text += match["words"]
        at = match.end()
    return Labelled(text + marked[at:], tuple(spans), split)


def measure(comments: Sequence[Labelled], kind: Personal | None = None) -> Quality:
    """Quality by span, of one kind or all.

    A labelled span is gone when every letter and digit of it is; a span that was found is right when every
    letter and digit of it was labelled. Marks and spaces about them do not count.
    """
    right = wrong = gone = missed = 0
    for comment in comments:
        found = find_personal(comment.text, shown.names())
        taken, meant = _letters(comment.text, found), _letters(comment.text, comment.spans)
        for span in (span for span in found if kind in (None, span.kind)):
            inside = _letters(comment.text, [span]) <= meant
            right, wrong = right + inside, wrong + (not inside)
        for span in (span for span in comment.spans if kind in (None, span.kind)):
            left = _letters(comment.text, [span]) - taken
            gone, missed = gone + (not left), missed + bool(left)
    return Quality(right, wrong, gone, missed)


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end) if text[at].isalnum()}


def seconds(text: str) -> float:
    """Processor time that redacting `text` takes."""
    began = time.process_time()
    redact(text, shown.names())
    return time.process_time() - began


def main() -> None:
    for split in ("tune", "held-out"):
        comments = labelled(split)
        print(f"{split}: {len(comments)} comments, with nothing to go {sum(not c.spans for c in comments)}")
        for kind in (None, *Personal):
            q = measure(comments, kind)
            name = "all" if kind is None else kind.value
            shares = f"precision {_share(q.precision)}  recall {_share(q.recall)}"
            print(f"  {name:10} {shares}  ({q.gone + q.missed})")
    part, growth = max(((part, _growth(part)) for part in HOSTILE), key=lambda pair: pair[1])
    print(f"eight times the letters of {part!r}, the worst: {growth:.1f} times as long (64: the square)")
    slowest = max(HOSTILE, key=lambda part: seconds(part * (600 // len(part))))
    for length in (2000, 10_000):
        taken = seconds(slowest * (length // len(slowest)))
        print(f"{length} letters of {slowest!r}, the slowest: {taken:.3f} s")


def _growth(part: str) -> float:
    """How many times as long 4,000 letters take as 500: the best of three, beside what else is running."""
    short, long = part * (500 // len(part)), part * (4000 // len(part))
    return min(seconds(long) for _ in range(3)) / min(seconds(short) for _ in range(3))


def _share(share: float | None) -> str:
    return "    -" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    main()
