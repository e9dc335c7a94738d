"""What every response says to the browser: run and load nothing that is not ours, and show it in no frame."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from survey_app import settings
from survey_app.services.accounts.cookies import is_secure, public_if_met

#: For responses that are no page: nothing may be loaded, run or framed.
CLOSED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_COMMON = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        # Not no-referrer: with it browsers send "Origin: null" with a form, and our own would look foreign.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": (
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
        ),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
_CLOSED = MappingProxyType({"Content-Security-Policy": CLOSED_POLICY, "Cache-Control": "no-store"})
#: A year, and for this very host: others below the same domain are not ours to decide about.
_ONLY_HTTPS = "max-age=31536000"


class SecurityHeaders:
    """ASGI middleware: the strict headers on every response, unless the response has its own."""

    def __init__(self, app: ASGIApp, more: Mapping[str, str] = _CLOSED) -> None:
        """`more` stands beside what is the same everywhere, and says at least what may be loaded."""
        self._app = app
        self._headers = {**_COMMON, **more}
        self._public_url = settings.load().public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if self._came_by_https(scope):
                    headers.setdefault("Strict-Transport-Security", _ONLY_HTTPS)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _came_by_https(self, scope: Scope) -> bool:
        # Only then: a browser told so at this machine would find none of its servers over HTTP again.
        host = Headers(scope=scope).get("host", "")
        return is_secure(f"{scope['scheme']}://", public_if_met(self._public_url, host))
