"""Which comments the public edition quotes: by hand, on either side of five."""

from __future__ import annotations

import pytest

from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import Quotes, every_comment, quotes


def group(unsur: str, *kinds: int, examples: tuple[str, ...] = ("b", "a")) -> CommentGroup:
    return CommentGroup(unsur, tuple(zip(("keluhan", "pujian"), kinds, strict=False)), examples)


@pytest.mark.parametrize(("n", "quoted"), [(4, 0), (5, 1)])
def test_an_unsur_of_five_comments_is_set_out(n: int, quoted: int) -> None:
    found = quotes([group("waktu", n)], withheld=False)
    assert (len(found.groups), found.less) == (quoted, not quoted)


@pytest.mark.parametrize(("different", "folded"), [(4, 0), (5, 5)])
def test_small_groups_are_quoted_together_when_they_are_five_different_ones(
    different: int, folded: int
) -> None:
    said = tuple(f"saran {i}" for i in range(different))
    found = quotes(
        [group("waktu", 3, examples=said[:3]), group("biaya", 3, examples=said[2:])], withheld=False
    )
    assert (len(found.folded), found.less) == (folded, True)


def test_it_is_said_when_a_small_kind_alone_is_left_out() -> None:
    assert quotes([group("waktu", 5, 4)], withheld=False).less
    assert not quotes([group("waktu", 5, 5)], withheld=False).less


def test_it_is_said_when_there_were_comments_and_the_value_is_withheld() -> None:
    assert quotes([group("waktu", 9)], withheld=True) == Quotes((), less=True)
    assert quotes([], withheld=True) == Quotes(())


def test_the_internal_edition_has_every_group_in_the_order_of_the_letters() -> None:
    found = every_comment([group("waktu", 1, examples=("b", "A", "c", "a"))])
    assert [g.examples for g in found.groups] == [("A", "a", "b", "c")]
    assert (found.folded, found.less) == ((), False)
