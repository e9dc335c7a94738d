"""Addresses that neither a page nor Streamlit answers: a 404 in our language."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

from survey_app.text import Text

TITLE = "Survei Kepuasan Masyarakat"
#: The colours of the pages, which are in .streamlit/config.toml, light and dark.
_STYLE = (
    "body{font:1.125rem/1.6 'Source Sans',system-ui,sans-serif;max-width:40rem;margin:3rem auto;"
    "padding:0 1rem;color:#14212b;background:#fff}a{color:#0b5f7d}"
    "@media(prefers-color-scheme:dark){body{color:#eef3f6;background:#10181f}a{color:#7cc8e2}}"
)
NOT_FOUND = Text("Halaman tidak ditemukan", "There is no page at this address.")
#: First parts of the paths that Streamlit itself answers.
_STREAMLIT = {"_stcore", "media", "component", "static", "auth", "oauth2callback", "manifest.json"}


def unanswered() -> BaseRoute:
    """The route that comes after all of ours and before Streamlit's own."""
    return _Unanswered("/{path:path}", _not_found, methods=["GET"])


async def _not_found(_: Request) -> Response:
    page = (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style>'
        f"<h1>{NOT_FOUND.id}</h1><p>Alamat ini tidak ada. <a href='/'>Ke Beranda</a></p>"
        f"<p lang='en'>{NOT_FOUND.en} <a href='/?lang=en'>Home</a></p></html>"
    )
    return HTMLResponse(page, 404)


class _Unanswered(Route):
    """Everything but Streamlit's own paths, which come after our routes."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first = scope.get("path", "/").lstrip("/").split("/")[0]
        return (Match.NONE, {}) if first in _STREAMLIT else super().matches(scope)
