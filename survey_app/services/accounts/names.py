"""What people type to sign in, and what they are called."""

from __future__ import annotations

import re
import unicodedata

from survey_app.errors import Problem, Refused
from survey_app.services.places import entered
from survey_app.text import Text

NAME_MAX = 100
LOGIN_RULE = Text(
    "Nama akun terdiri dari 3 sampai 100 huruf kecil, angka, atau . _ - + @, misalnya alamat surel.",
    "An account name has 3 to 100 lower-case letters, digits or . _ - + @, such as an e-mail address.",
)
_LOGIN = re.compile(r"[a-z0-9._+@-]{3,100}")


def login_as_kept(typed: str) -> str:
    """A login as it is compared: phones begin it with a capital letter and end it with a blank."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def is_login(kept: str) -> bool:
    """Whether anybody could be called so; what could not is never looked for, fit for a database or not."""
    return _LOGIN.fullmatch(kept) is not None


def checked(login: str, name: str) -> tuple[str, str]:
    """Login and name as they are kept.

    Raises: Refused `input-refused` with `login-form` or `name-length`.
    """
    kept, shown = login_as_kept(login), unicodedata.normalize("NFC", name).strip()
    problems = []
    if not is_login(kept):
        problems.append(Problem("login-form", "login", LOGIN_RULE))
    problems += entered.shown_name_problems(shown, NAME_MAX)
    if problems:
        raise Refused.entries(problems)
    return kept, shown
