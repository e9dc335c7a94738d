"""Words as typed: short forms, slips, stretched letters, other scripts, and time that does not run away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.text import group_comment
from analytics.text.comments.spelling import Word, clauses, reader
from analytics.text.comments.stemming import Stemmer
from survey_app.services.voices import reading

WORDS, WEIGHTS = reading.words(), reading.weights()
SMALL = reader(
    {"gaada": "tidak ada", "bgt": "banget", "kenceng": "kencang", "gk": "tidak"},
    Stemmer(frozenset(["tidak", "ada", "banget", "kencang", "antre", "ramah", "pelan", "layan", "petugas"])),
    {"pelayanan", "ramah", "petugas", "kursus"},
)


def said(text: str) -> list[str]:
    return [word.written for clause in clauses(text, SMALL, {"tapi"}) for word in clause.words]


def stems(text: str) -> list[str]:
    return [word.stem for clause in clauses(text, SMALL, {"tapi"}) for word in clause.words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GK ramah", ["tidak", "ramah"]),
        ("gaada antre", ["tidak", "ada", "antre"]),
        ("ramaaaah bgttt", ["ramah", "banget"]),
        ("ramahh", ["ramah"]),
        ("pelan2", ["pelan", "pelan"]),
        ("3x 150rb", ["9", "kali", "9", "rb"]),
        ("0 rupiah", ["0", "rupiah"]),
        ("08.30", ["9"]),
        ("pelyanan", ["pelayanan"]),  # a letter short
        ("pelayannan", ["pelayanan"]),  # one too many
        ("pelayenan", ["pelayanan"]),  # another one
        ("petuags", ["petugas"]),  # two in the wrong order
        ("rmaah", ["rmaah"]),  # too short to be sure
        ("kursuas", ["kursuas"]),  # so is what it might be
        ("[nama] ramah [telepon]", ["ramah"]),  # what redaction left
        ("rámah", ["ramah"]),
        ("ｒａｍａｈ", ["ramah"]),
        ("ramah👍", ["ramah", "👍"]),
        ("很好 очень", []),
        ("", []),
    ],
)
def test_words_are_brought_to_one_spelling(text: str, words: list[str]) -> None:
    assert said(text) == words


def test_the_stem_of_a_short_form_with_affixes_is_that_of_its_spelling() -> None:
    assert stems("dikencengin pelayanannya") == ["kencang", "layan"]


def test_punctuation_and_contrasts_part_clauses() -> None:
    found = list(clauses("ramah, antre? ramah tapi antre", SMALL, {"tapi"}))
    assert [[w.written for w in clause.words] for clause in found] == [
        ["ramah"],
        ["antre"],
        ["ramah"],
        ["antre"],
    ]
    assert [clause.asked for clause in found] == [False, True, False, False]
    assert [clause.contrasted for clause in found] == [False, False, False, True]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kd kawa", "tidak bisa"),
        ("ulun handak mangadu", "saya mau pengaduan"),
        ("kada lawas", "tidak lama"),
        ("ndik lama beneh", "tidak lama banget"),
        ("capat banar", "cepat banget"),
        ("plis tambahin", "tolong tambah"),
        ("nunggu antrean", "tunggu antre"),
    ],
)
def test_the_product_reads_short_forms_banjar_and_kutai(typed: str, meant: str) -> None:
    found = [w.written for clause in clauses(typed, WORDS.read, ()) for w in clause.words]
    assert found == meant.split()


def test_what_is_no_word_is_not_remembered() -> None:
    """Long runs of letters would fill the memory of words; a stretched word is one all the same."""
    asked: list[str] = []

    def read(word: str) -> tuple[Word, ...]:
        asked.append(word)
        return SMALL(word)

    found = [w.written for c in clauses(f"rama{'a' * 50}h {'xy' * 50} antre", read, ()) for w in c.words]
    assert (asked, found) == (["ramah", "antre"], ["ramah", "xy" * 50, "antre"])


HOSTILE = (
    "a", "a ", "ab", "nya", "di", "me", "ber", "9", "9.", "9:", "2", "x2", "[", "[a", "[a]", "rp 1", "rp",
    "tidak ", "tidak ada ", ".", ",.", "!?", "👍", "\u0301", "e\u0301", "aa ", "mohon ", "dan ", "tapi ",
    "lama2 ", "\n", "pungli ", "antre panjang sampai ", "ߐ", "字", "\u200b", "ﷺ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_thousand_letters_take_no_more_than_their_length_asks(piece: str) -> None:
    """Ten times the text takes about ten times the time: an expression that runs away takes hundreds."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        group_comment(text, WORDS, WEIGHTS)
        return time.process_time() - began

    seconds(1_000)
    short = min(seconds(1_000) for _ in range(3))
    # The least of three, as of the short one: a collection of garbage in one of them is no run-away.
    assert min(seconds(10_000) for _ in range(3)) < 60 * max(short, 0.001)


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_is_grouped_within_the_list(text: str) -> None:
    for weights in (None, WEIGHTS):
        result = group_comment(text, WORDS, weights)
        assert set(result.unsur) <= {hit.unsur for hit in result.evidence}
        assert tuple(sorted(result.unsur, key=WORDS.order.index)) == result.unsur
