"""Passwords: what is kept of them, which are refused, and the cost of comparing one."""

from __future__ import annotations

import unicodedata

import pytest

from survey_app.services.accounts import passwords
from survey_app.services.accounts.passwords import LONGEST, SHORTEST, hashed, matches, problems


def test_what_is_kept_is_argon2id_at_the_recommended_cost_and_salted() -> None:
    first, second = hashed("kuda hijau terbang"), hashed("kuda hijau terbang")
    assert first != second
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords._NOBODYS.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches(first, "kuda hijau terbang")
    assert not matches(first, "kuda hijau terban")


def test_nobodys_password_matches_nothing_and_is_compared_all_the_same(cheap: list[str]) -> None:
    assert not matches(None, "nobody's")
    assert not matches("no hash at all", "x")
    assert cheap == ["nobody's", "x"]


def test_two_keyboards_write_the_same_password(cheap: list[str]) -> None:
    composed = "kafé hijau terbang"
    assert matches(hashed(composed), unicodedata.normalize("NFD", composed))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password-short"),
        ("x" * (SHORTEST - 1), "password-short"),
        ("kuda hijau " * 30, "password-long"),
        ("aaaaaaaaaaaaaaaa", "password-common"),
        ("abababababab", "password-common"),
        ("password12345678", "password-common"),
        ("Budi Santoso 1990!", "password-common"),
        ("budi.santoso", "password-common"),
    ],
)
def test_what_everybody_tries_first_is_refused(password: str, code: str) -> None:
    assert [p.code for p in problems(password, "budi.santoso@kaltim.go.id", "Budi Santoso")] == [code]


@pytest.mark.parametrize(
    "password", ["kuda hijau terbang", "密码很长而且不容易猜到的", "x7#" * 4 + "abcdef", "a b c d e f g"]
)
def test_words_of_any_kind_are_good(password: str) -> None:
    assert problems(password, "budi", "Budi Santoso") == []


def test_the_longest_is_compared_whole(cheap: list[str]) -> None:
    long = "kuda hijau terbang"[:10] * 26
    assert len(long) > LONGEST
    kept = hashed(long[:LONGEST])
    assert matches(kept, long[:LONGEST])
    assert not matches(kept, long[: LONGEST - 1])
