"""Grouping of free text: each rule of the lists by example, and weights that only add up."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.text import Kind, Stemmer, compile_comment_words, compile_weights, group_comment
from analytics.text.comments.lists import Tone
from analytics.text.comments.rules import read_clauses

SMALL: dict[str, Any] = {
    "spelling": {"tidak": "gak tak"},
    "negations": ["tidak", "bebas"],
    "contrasts": ["tapi"],
    "requests": {"clear": ["mohon"], "possible": ["lagi"]},
    "unsur": {
        "waktu": {
            "topic": ["jam"],
            "weak": ["loket"],
            "burden": ["antri"],
            "good": ["cepat"],
            "bad": ["lama"],
        },
        "biaya": {"topic": ["=tarif"], "weak": [], "burden": [], "good": ["murah"], "bad": ["mahal"]},
        "perilaku": {
            "topic": [],
            "weak": ["petugas"],
            "burden": [],
            "good": ["ramah", "murah senyum"],
            "bad": ["dibentak"],
        },
    },
    "general": {"topic": [], "burden": [], "good": ["baik"], "bad": []},
    "urgent": {"bribe": ["pungli", "minta 9"], "danger": ["darurat"], "harmless": ["gawat darurat"]},
    "harms": {"weak": ["anak nenek"], "breaking": ["jatuh =retaknya"]},
}
plain = compile_comment_words(SMALL, Stemmer(frozenset()))
ROOTS = ("antri", "tarif", "bentak", "petugas", "ramah", "jam")
stemmed = compile_comment_words(SMALL, Stemmer(frozenset(ROOTS)))


@pytest.mark.parametrize(
    ("text", "unsur", "kind"),
    [
        ("petugas ramah", ("perilaku",), Kind.PRAISE),
        ("petugas tidak ramah", ("perilaku",), Kind.COMPLAINT),
        ("Gak ramah!!!", ("perilaku",), Kind.COMPLAINT),
        ("jam tidak lama", ("waktu",), Kind.PRAISE),
        ("tidak. lama", ("waktu",), Kind.COMPLAINT),  # a negation does not reach across a full stop
        ("tidak mahal tapi lama", ("waktu", "biaya"), Kind.COMPLAINT),
        ("antri", ("waktu",), None),
        ("tak ada antri", ("waktu",), Kind.PRAISE),  # a burden that is absent
        ("tidak ada jam", ("waktu",), Kind.COMPLAINT),  # nothing turned: a bare negation complains
        ("mohon cepat", ("waktu",), Kind.SUGGESTION),
        ("cepat lagi", ("waktu",), Kind.PRAISE),  # a possible request alone asks for nothing
        ("tidak mohon", (), None),
        ("baik", (), Kind.PRAISE),
        ("petugas baik", ("perilaku",), Kind.PRAISE),  # weak: nothing else in the comment points anywhere
        ("petugas cepat", ("waktu",), Kind.PRAISE),
        ("petugas baik, murah", ("biaya",), Kind.PRAISE),
        ("murah senyum", ("perilaku",), Kind.PRAISE),  # the longest phrase wins: not biaya
        ("", (), None),
        ("12345 !?", (), None),
    ],
)
def test_rules_by_example(text: str, unsur: tuple[str, ...], kind: Kind | None) -> None:
    result = group_comment(text, plain)
    assert (result.unsur, result.kind) == (unsur, kind)


def test_unsur_come_in_the_order_of_the_list() -> None:
    assert group_comment("mahal, ramah, lama", plain).unsur == ("waktu", "biaya", "perilaku")


@pytest.mark.parametrize(
    ("text", "unsur"),
    [
        ("antrinya", ("waktu",)),  # a root: in all its forms
        ("mengantri", ("waktu",)),
        ("dibentaknya", ("perilaku",)),  # listed with an affix: with particles only
        ("membentak", ()),
        ("bentak", ()),
        ("tarif", ("biaya",)),  # after "=" as written
        ("tarifnya", ()),
    ],
)
def test_a_phrase_matches_as_it_is_listed(text: str, unsur: tuple[str, ...]) -> None:
    assert group_comment(text, stemmed).unsur == unsur


def test_the_evidence_says_which_words_decided() -> None:
    hit, topic = group_comment("tidak lama jam", plain).evidence
    assert (hit.phrase, hit.unsur, hit.tone, hit.negated) == ("lama", "waktu", Tone.GOOD, True)
    assert (topic.phrase, topic.negated) == ("jam", False)
    assert group_comment("mohon cepat, mohon", plain).requests == ("mohon",)


@pytest.mark.parametrize(("between", "negated"), [("", True), ("a b c", True), ("a b c d", False)])
def test_a_negation_reaches_four_words(between: str, negated: bool) -> None:
    (hit,) = group_comment(f"tidak {between} ramah", plain).evidence
    assert hit.negated is negated


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("ada pungli", ("bribe",)),
        ("pungli, darurat, pungli", ("bribe", "danger")),
        ("petugas minta 50.000", ("bribe",)),
        ("tidak ada pungli", ()),
        ("bebas pungli", ()),
        ("tidak ada. pungli", ("bribe",)),
        ("gawat darurat cepat", ()),  # the longest phrase counts
        ("mohon pungli", ("bribe",)),
    ],
)
def test_what_is_urgent_is_told_and_not_denied(text: str, urgent: tuple[str, ...]) -> None:
    assert group_comment(text, plain).urgent == urgent


def _weights(**changes: Any) -> dict[str, Any]:
    own = {"bias": 0, "cues": {}, "phrases": {}, "stems": {}}
    unsur = {"threshold": 0, "bias": -1, "shared": {}, "own": {"waktu": own}} | changes
    marks: dict[str, Any] = {"cues": {}, "stems": {}, "first": {}, "phrases": {}, "requests": {}}
    kind = {"kinds": ["", "pujian", "keluhan", "saran"], "bias": [1, 0, 0, 0], **marks}
    urgent: dict[str, Any] = {
        "stems": {},
        "pairs": {},
        "phrases": {},
        "requests": {},
        "harms": {},
        "two harms": {},
    }
    return {"unsur": unsur, "kind": kind, "urgent": {"threshold": -1, "bias": -3, **urgent}}


def test_an_unsur_is_given_where_its_weights_come_above_the_threshold() -> None:
    data = _weights(shared={"bad": 1})
    assert group_comment("lama", plain, compile_weights(data)).unsur == ()
    data["unsur"]["own"]["waktu"]["phrases"]["lama"] = 1
    assert group_comment("lama", plain, compile_weights(data)).unsur == ("waktu",)
    assert group_comment("tidak lama", plain, compile_weights(data)).unsur == ()  # "lama~" has none
    data["unsur"]["own"]["waktu"]["stems"]["cuma"] = -1
    assert group_comment("cuma lama", plain, compile_weights(data)).unsur == ()


def test_an_unsur_that_no_phrase_points_to_is_never_given() -> None:
    data = _weights(bias=1000)
    assert group_comment("lama", plain, compile_weights(data)).unsur == ("waktu",)
    assert group_comment("apa saja", plain, compile_weights(data)).unsur == ()


def test_the_kind_is_the_one_with_the_most_weight() -> None:
    data = _weights()
    assert group_comment("lama", plain, compile_weights(data)).kind is None
    data["kind"]["stems"]["lama"] = [0, 0, 3, 2]
    assert group_comment("lama", plain, compile_weights(data)).kind is Kind.COMPLAINT
    data["kind"]["requests"]["mohon"] = [0, 0, 0, 2]
    assert group_comment("mohon lama", plain, compile_weights(data)).kind is Kind.SUGGESTION
    data["kind"]["cues"]["bad"] = [0, 5, 0, 0]
    assert group_comment("mohon lama", plain, compile_weights(data)).kind is Kind.PRAISE


def test_what_no_phrase_makes_urgent_may_be_by_its_weights() -> None:
    data = _weights()
    assert group_comment("atap jatuh", plain, compile_weights(data)).urgent == ()
    data["urgent"]["pairs"]["atap jatuh"] = 2  # at the threshold, not above it
    assert group_comment("atap jatuh", plain, compile_weights(data)).urgent == ()
    data["urgent"]["stems"]["jatuh"] = 1
    assert group_comment("atap jatuh", plain, compile_weights(data)).urgent == ("likely",)
    assert group_comment("atap. jatuh", plain, compile_weights(data)).urgent == ()  # no pair
    assert group_comment("atap jatuh, pungli", plain, compile_weights(data)).urgent == ("bribe",)


def test_weights_name_every_kind() -> None:
    data = _weights()
    data["kind"]["stems"]["lama"] = [0, 1]
    with pytest.raises(ValueError, match="unpack"):
        compile_weights(data)


def test_words_that_may_be_urgent_together_are_told_by_their_kind_and_denied_at_once() -> None:
    def harms(text: str) -> set[str]:
        return {harm for reading in read_clauses(text, plain) for harm in reading.harms}

    assert harms("anak jatuh") == {"weak", "breaking"}
    assert harms("nenek tidak jatuh") == {"weak", "not breaking"}
    assert harms("tidak ada meja. jatuh") == {"breaking"}
    assert harms("retaknya") == {"breaking"}
    assert harms("retak") == set()


def test_what_is_over_is_not_urgent() -> None:
    assert group_comment("dulu banyak pungli", plain).urgent == ()
    assert group_comment("minta 9 dulu", plain).urgent == ("bribe",)
    assert group_comment("dulu bagus. pungli", plain).urgent == ("bribe",)


def test_two_kinds_of_words_weigh_together_whatever_stands_between_them() -> None:
    data = _weights()
    data["urgent"]["two harms"]["breaking + weak"] = 3
    compiled = compile_weights(data)
    assert group_comment("jatuh dari meja, nenek", plain, compiled).urgent == ("likely",)
    assert group_comment("jatuh dari meja", plain, compiled).urgent == ()
    assert group_comment("tidak jatuh, nenek", plain, compiled).urgent == ()
