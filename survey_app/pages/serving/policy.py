"""What the pages may load and run: this server's files and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from starlette.types import ASGIApp

from survey_app.pages.serving.shell import html
from survey_app.web.headers import SecurityHeaders


@cache
def content_security_policy() -> str:
    """The policy of Streamlit's pages.

    Scripts: this server's, the shell's inline one by its hash, and blob: for the questionnaire, whose
    script Streamlit hands to the browser as a blob. Styles must allow inline ones: Streamlit and plotly
    write them.
    """
    hashes = " ".join(_hash(script) for script in re.findall(r"<script>(.*?)</script>", html(), re.DOTALL))
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class PagePolicy(SecurityHeaders):
    """ASGI middleware: the headers of every response, with the policy of the pages where it has no other."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, {"Content-Security-Policy": content_security_policy()})
