"""Drawing the pages of who signs in: plain HTML, one request; a script for passkeys alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment
from markupsafe import Markup

from survey_app.text import Language, Text
from survey_app.web import assets
from survey_app.web.assets import Inline
from survey_app.web.headers import CLOSED_POLICY
from survey_app.web.templating import environment
from survey_app.wording import product
from survey_app.wording.voice import Voice

_STYLE = Path(__file__).with_name("static") / "account.css"
_SCRIPT = _STYLE.with_name("passkey.js")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
FORM_STALE = Text(
    "Halaman ini terbuka terlalu lama, atau peramban Anda tidak menyimpan cookie. Buka lagi halamannya, lalu "
    "ulangi.",
    "This page was open for too long, or your browser keeps no cookies. Open the page again and repeat.",
)


def address(path: str, language: Language, **query: str) -> str:
    """A path of ours with a query, in a language."""
    asked = {**query, **({"lang": "en"} if language == "en" else {})}
    return f"{path}?{urlencode(asked)}" if asked else path


def html(name: str, language: Language, path: str, query: Mapping[str, str], **values: object) -> str:
    """A template in a language; every text in it is escaped.

    Args:
        path, query: where the page is found, in the other language too.
    """
    voice = Voice(language)
    drawn: str = (
        _environment()
        .get_template(name)
        .render(
            values,
            path=path,
            voice=voice,
            say=voice.say,
            language=language,
            switch=address(path, "id" if language == "en" else "en", **query),
            to=partial(address, language=language),
            product_name=product.NAME,
            script=Markup(_script().text),  # noqa: S704
            style=Markup(_style().text),  # noqa: S704  # our own files, never input
        )
    )
    return drawn


def policy() -> str:
    """Nothing but this page's own style and script, and what is sent to us."""
    closed = CLOSED_POLICY.replace("form-action 'none'", "form-action 'self'")
    own = f"style-src {_style().source}; script-src {_script().source}"
    return f"{closed}; {own}; connect-src 'self'; img-src data:"


def is_token(text: str) -> bool:
    """Whether this is a token that we may have given."""
    return _TOKEN.fullmatch(text) is not None


@cache
def _style() -> Inline:
    lines = (line.strip() for line in _STYLE.read_text(encoding="utf-8").splitlines())
    return Inline(assets.style().text + "".join(f"{line}\n" for line in lines if not line.startswith("/*")))


@cache
def _script() -> Inline:
    return Inline(_SCRIPT.read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    return environment()
