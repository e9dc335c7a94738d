"""Style and scripts of the light form: inlined, so that a first visit is one request, hashed in the CSP."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from survey_app.web.headers import CLOSED_POLICY

_STATIC = Path(__file__).with_name("static")
_KIOSK = (
    "kiosk-screen.js",
    "kiosk-device.js",
    "kiosk-staff.js",
    "kiosk-survey.js",
    "kiosk-improved.js",
    "kiosk.js",
)

#: A page may run and style by exactly its own inline text, talk to us, and nothing else.
_PAGE_POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; img-src data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Inline:
    """Text to be put between script or style tags as it is, and its CSP source."""

    text: str

    @property
    def source(self) -> str:
        digest = hashlib.sha256(self.text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def style() -> Inline:
    return Inline(_condensed("style.css"))


@cache
def script() -> Inline:
    """The form's script: outbox and form."""
    return Inline(_joined("ids.js", "outbox.js", "form.js"))


@cache
def kiosk_style() -> Inline:
    return Inline(_condensed("kiosk.css"))


@cache
def kiosk_script() -> Inline:
    """The kiosk's script: the form's ids and outbox, the device, the screens."""
    return Inline(_joined("ids.js", "outbox.js", *_KIOSK))


@cache
def worker() -> str:
    """The service worker: the same outbox, and the cache of visited forms."""
    return _joined("outbox.js", "worker.js")


@cache
def form_policy() -> str:
    return _PAGE_POLICY.format(script=script().source, style=style().source)


@cache
def kiosk_policy() -> str:
    return _PAGE_POLICY.format(script=kiosk_script().source, style=kiosk_style().source)


@cache
def text_policy() -> str:
    """For pages without a script."""
    return _PAGE_POLICY.format(script="'none'", style=style().source)


@cache
def worker_policy() -> str:
    return f"{CLOSED_POLICY}; connect-src 'self'"


def _joined(*names: str) -> str:
    return "".join(_condensed(name) for name in names)


def _condensed(name: str) -> str:
    """The file without its indentation and without the lines that are comments: a third less to send."""
    lines = (line.strip() for line in (_STATIC / name).read_text(encoding="utf-8").splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/*")))
