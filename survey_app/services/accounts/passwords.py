"""Passwords: kept as argon2id, long enough, and none that everybody tries first.

No rule on kinds of characters (NIST SP 800-63B-4, 3.1.1.2): it makes people add "1!" to what others guess.
The parameters are those of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane, about 40 ms.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from survey_app import settings
from survey_app.errors import Problem
from survey_app.text import Text

SHORTEST, LONGEST = 12, 256
TOO_SHORT = Text(
    "Kata sandi paling sedikit {limit} karakter. Beberapa kata yang mudah Anda ingat lebih baik daripada "
    "satu kata yang rumit.",
    "A password has at least {limit} characters. A few words that you remember are better than a difficult "
    "one.",
)
TOO_LONG = Text("Kata sandi paling banyak {limit} karakter.", "A password has at most {limit} characters.")
TOO_COMMON = Text(
    "Kata sandi ini mudah ditebak: terdapat dalam daftar kata sandi yang umum, mengulang karakter yang sama, "
    "atau hampir sama dengan nama Anda. Pilih yang lain.",
    "This password is easy to guess: it is on the list of common ones, repeats the same characters, or is "
    "nearly your name. Choose another.",
)
#: Fewer different characters than this is a pattern and no password.
_FEWEST_DIFFERENT = 6
#: What people put before and behind a word so that it counts as a password.
_ADDED = re.compile(r"^[^a-z]+|[^a-z]+$")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Of no password: who has no account waits as long as who has one.
_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$t9RyGoQzH+8UrAW8jhVaRg$nqjePo2AoV5g62RAhhzsLUvfds/4eFskNbd5W9K0f5A"
#: Each takes 19 MiB and a processor: a crowd at the door takes neither from those inside.
_AT_A_TIME = threading.BoundedSemaphore(2)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_A_TIME:
        return _HASHER.hash(_as_kept(password))


def matches(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; always one argon2, also without a hash to compare with."""
    with _AT_A_TIME:
        try:
            _HASHER.verify(password_hash or _NOBODYS, _as_kept(password))
        except (Argon2Error, InvalidHashError):
            return False
    return password_hash is not None


def problems(password: str, *about: str) -> list[Problem]:
    """What is wrong with a new password of somebody; `about` are words that others know of the person."""
    kept = _as_kept(password)
    if len(kept) < SHORTEST:
        return [Problem("password-short", "password", TOO_SHORT.format(limit=SHORTEST))]
    if len(kept) > LONGEST:
        return [Problem("password-long", "password", TOO_LONG.format(limit=LONGEST))]
    if _is_guessable(kept.casefold(), about):
        return [Problem("password-common", "password", TOO_COMMON)]
    return []


def _is_guessable(password: str, about: Iterable[str]) -> bool:
    rest = password
    for word in sorted(_words(about), key=len, reverse=True):
        rest = rest.replace(word, "")
    # A name with a year behind it is a name; where nothing of the person is in it, all of it is left.
    left = len(re.sub(r"[\W_]", "", rest))
    return (
        len(set(password)) < _FEWEST_DIFFERENT
        or (rest != password and left < _FEWEST_DIFFERENT)
        or password in _common()
        or _ADDED.sub("", password) in _common()
    )


def _words(about: Iterable[str]) -> set[str]:
    return {part for known in about for part in re.split(r"[\W_]+", known.casefold()) if len(part) > 2}


@cache
def _common() -> frozenset[str]:
    """The shipped list, one password in lower case on each line."""
    path = settings.ROOT / "data" / "reference" / "common-passwords.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _as_kept(password: str) -> str:
    """One form of what keyboards write in several (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
