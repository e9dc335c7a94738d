"""Addresses that neither a page nor Streamlit answers: a 404 in our language."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope

TITLE = "Survei Kepuasan Masyarakat"
#: First parts of the paths that Streamlit itself answers.
_STREAMLIT = {"_stcore", "media", "component", "static", "auth", "oauth2callback", "manifest.json"}


def unanswered() -> BaseRoute:
    """The route that comes after all of ours and before Streamlit's own."""
    return _Unanswered("/{path:path}", _not_found, methods=["GET"])


async def _not_found(_: Request) -> Response:
    page = (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{TITLE}</title>'
        "<h1>Halaman tidak ditemukan</h1><p>Alamat ini tidak ada. <a href='/'>Ke Beranda</a></p></html>"
    )
    return HTMLResponse(page, 404)


class _Unanswered(Route):
    """Everything but Streamlit's own paths, which come after our routes."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        first = scope.get("path", "/").lstrip("/").split("/")[0]
        return (Match.NONE, {}) if first in _STREAMLIT else super().matches(scope)
