"""The cookie of a session: which one counts over HTTP and over HTTPS, and what is a token at all."""

from __future__ import annotations

import pytest

from survey_app.services.accounts.cookies import COOKIE, SECURE_COOKIE, is_secure, session_token
from survey_app.services.accounts.tokens import new_token


def test_over_http_either_cookie_counts_and_the_guarded_one_first() -> None:
    plain, guarded = new_token(), new_token()
    assert session_token({COOKIE: plain}, secure=False) == plain
    assert session_token({COOKIE: plain, SECURE_COOKIE: guarded}, secure=False) == guarded


def test_over_https_the_plain_cookie_does_not_count() -> None:
    plain, guarded = new_token(), new_token()
    assert session_token({COOKIE: plain}, secure=True) is None
    assert session_token({COOKIE: plain, SECURE_COOKIE: guarded}, secure=True) == guarded


@pytest.mark.parametrize("value", ["", "x", "a" * 42, "a" * 44, "a" * 42 + "\n", "a" * 43 + "\n", "é" * 43])
def test_what_no_token_looks_like_is_none(value: str) -> None:
    assert session_token({COOKIE: value}, secure=False) is None


def test_any_address_over_https_tells() -> None:
    assert is_secure("http://10.0.0.1:8501/masuk", None, "https://survei.contoh.go.id")
    assert is_secure("https://survei.contoh.go.id/")
    assert not is_secure("http://survei.contoh.go.id/?https://", None)
