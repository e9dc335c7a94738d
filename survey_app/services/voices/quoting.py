"""Comments as a report may quote them: in an order that tells nothing, and of enough people only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analytics.disclosure import MINIMUM
from survey_app.services.voices import shown
from survey_app.services.voices.comment_groups import CommentGroup


@dataclass(frozen=True)
class Quotes:
    """Comments by unsur and kind.

    Attributes:
        groups: by unsur; in the public edition only unsur, and kinds, with MINIMUM comments or more.
        folded: comments on all other unsur, quoted together; empty where they are fewer than MINIMUM.
        less: some counts or quotes are left out, because fewer than MINIMUM people stand behind them.
    """

    groups: tuple[CommentGroup, ...]
    folded: tuple[str, ...] = ()
    less: bool = False


def every_comment(comments: Sequence[CommentGroup]) -> Quotes:
    """All that was kept, for the internal edition."""
    return Quotes(tuple(replace(group, examples=_in_no_order(group.examples)) for group in comments))


def quotes(comments: Sequence[CommentGroup], *, withheld: bool) -> Quotes:
    """What the public edition says of them: nothing where the value itself is withheld.

    A group of few is known to whoever sat beside them. Its comments are quoted among the other small groups'
    if these are MINIMUM different ones together.
    """
    if withheld:
        return Quotes((), less=bool(comments))
    small = [group for group in comments if group.count < MINIMUM]
    large = [group for group in comments if group.count >= MINIMUM]
    # A comment on two unsur stands under both; of a small group every comment is among its examples.
    pooled = _in_no_order(text for group in small for text in group.examples)
    kept = tuple(_without_small_kinds(group) for group in large)
    enough = pooled if len(pooled) >= MINIMUM else ()
    less = bool(small) or any(len(a.kinds) != len(b.kinds) for a, b in zip(large, kept, strict=True))
    return Quotes(kept, enough, less)


def _without_small_kinds(group: CommentGroup) -> CommentGroup:
    kinds = tuple((kind, n) for kind, n in group.kinds if n >= MINIMUM)
    return replace(group, kinds=kinds, examples=_in_no_order(group.examples))


def _in_no_order(texts: Iterable[str]) -> tuple[str, ...]:
    """In the order of the letters: when they came cannot be told. Redacted again, by today's list."""
    return tuple(sorted({shown.words(text) for text in texts}, key=lambda text: (text.casefold(), text)))
