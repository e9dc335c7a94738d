"""Comments that say the same: hand cases, and what holds of any."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.text import group_alike
from analytics.text.comments.linear import stems_of
from analytics.text.comments.rules import read_clauses
from survey_app.services.voices.reading import words

#: Few words, so that texts share many of them.
WORDS = ("antre", "lama", "loket", "tutup", "kotor", "bau", "ruang", "parkir")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=12)


def stems(text: str) -> frozenset[str]:
    return frozenset(stems_of(read_clauses(text, words())))


def test_by_hand() -> None:
    assert group_alike([], words()) == ()
    assert group_alike(["Loket tutup"], words()) == ((0,),)
    # {antre, lama} and {antre, lama, loket}: 2 of 3; {loket, tutup} shares 1 of 4 with the latter.
    said = ["Loket tutup", "Antre lama", "Antrean lama, loket"]
    assert group_alike(said, words()) == ((1, 2), (0,))
    # Exactly a half is enough, a third is not.
    assert group_alike(["Antre", "Antre lama"], words()) == ((0, 1),)
    assert group_alike(["Antre", "Antre lama loket"], words()) == ((0,), (1,))
    # No words at all is alike, and like nothing else.
    assert group_alike(["", "Loket tutup", "!"], words()) == ((0, 2), (1,))
    assert group_alike(["", "?"], words()) == ((0, 1),)


def test_a_chain_does_not_bring_together_what_has_nothing_in_common() -> None:
    chain = ["antre lama", "lama loket antre", "loket lama tutup", "tutup loket"]
    assert not any({0, 3} <= set(group) for group in group_alike(chain, words()))


@settings(max_examples=60)
@given(TEXTS)
def test_every_place_is_in_one_group_whose_texts_share_half(texts: list[str]) -> None:
    groups = group_alike(texts, words())
    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert list(groups) == sorted(groups, key=lambda group: (-len(group), group))
    for group in groups:
        for one in group:
            for other in group:
                a, b = stems(texts[one]), stems(texts[other])
                assert 2 * len(a & b) >= len(a | b)


@settings(max_examples=60)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_texts_changes_nothing(texts: list[str], random: Random) -> None:
    order = list(range(len(texts)))
    random.shuffle(order)
    moved = group_alike([texts[place] for place in order], words())
    again = {frozenset(order[place] for place in group) for group in moved}
    assert again == {frozenset(group) for group in group_alike(texts, words())}
