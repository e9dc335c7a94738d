"""Stems: each kind of affix by example, and that nothing comes off where no root is left."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text import Stemmer
from survey_app.instruments import DATA
from survey_app.services.voices import shown

STEMMER = shown.stemmer()


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("ramah", "ramah"),
        ("ramahnya", "ramah"),
        ("petugasnyalah", "petugas"),
        ("dilayani", "layan"),
        ("menunggu", "tunggu"),
        ("menyapa", "sapa"),
        ("memukul", "pukul"),
        ("mengeluh", "keluh"),
        ("dipersulit", "sulit"),
        ("keramahan", "ramah"),
        ("pembayaran", "bayar"),
        ("memuaskan", "puas"),
        ("ngurusin", "urus"),
        ("nyuruh", "suruh"),
        ("mambayar", "bayar"),  # Banjar
        ("pamarahan", "marah"),  # Banjar
        ("basabar", "sabar"),  # Banjar
    ],
)
def test_affixes_come_off_where_a_root_is_left(word: str, root: str) -> None:
    assert STEMMER.stem(word) == root


@pytest.mark.parametrize("word", ["di", "ini", "qwerty", "memxyz", "berzzzan", "a" * 40])
def test_a_word_without_a_root_stays(word: str) -> None:
    assert STEMMER.stem(word) == word


def test_a_root_is_not_cut() -> None:
    """ "bayi" is no "bay" with a suffix, and the longer root wins: "beli" is no "be-li"."""
    stemmer = Stemmer(frozenset({"bayi", "bay", "beli", "makan", "mak"}))
    assert [stemmer.stem(word) for word in ("bayi", "beli", "makan", "makanan")] == [
        "bayi", "beli", "makan", "makan",
    ]  # fmt: skip


def test_the_particle_alone_comes_off() -> None:
    assert STEMMER.bare("pelayanannya") == "pelayanan"
    assert STEMMER.bare("tanya") == "tanya"
    assert STEMMER.bare("xyznya") == "xyznya"


@given(st.text(alphabet="abdegiklmnprstuy", max_size=60))
def test_a_stem_is_a_root_or_the_word(word: str) -> None:
    stem = STEMMER.stem(word)
    assert stem == word or stem in STEMMER.roots


def test_the_list_of_roots_is_our_own_clean_and_in_order() -> None:
    data = json.loads((DATA / "reference/words.json").read_text(encoding="utf-8"))
    words = " ".join(data["roots"]).split()
    assert "copied from no dictionary" in data["about"]
    assert words == sorted(set(words))
    assert all(word.isascii() and word.isalpha() and word.islower() for word in words)
    assert len(words) > 4000
