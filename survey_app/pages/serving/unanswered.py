"""Addresses that neither a page nor Streamlit is to answer: a 404 in our language."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Scope
from streamlit import file_util

from survey_app.text import Text

TITLE = "Survei Kepuasan Masyarakat"
#: The colours of the pages, which are in .streamlit/config.toml, light and dark.
_STYLE = (
    "body{font:1.125rem/1.6 'Source Sans',system-ui,sans-serif;max-width:40rem;margin:3rem auto;"
    "padding:0 1rem;color:#14212b;background:#fff}a{color:#0b5f7d}"
    "@media(prefers-color-scheme:dark){body{color:#eef3f6;background:#10181f}a{color:#7cc8e2}}"
)
NOT_FOUND = Text("Halaman tidak ditemukan", "There is no page at this address.")
_NOWHERE = Text("Alamat ini tidak ada.", NOT_FOUND.en)
#: What of Streamlit's own paths our pages ask for. The rest is closed: figures on who is connected, another
#: way to sign in, a way in for programs, and whatever a new version brings.
_ASKED_FOR = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_ASKED_FOR_BELOW = ("/_stcore/upload_file/", "/media/")


def unanswered(ours: Collection[str]) -> BaseRoute:
    """The route that comes after all of ours and before Streamlit's own.

    Args:
        ours: addresses of pages, where another method than GET is a 405.
    """
    return _Unanswered(ours)


async def _not_found(_: Request) -> Response:
    return HTMLResponse(page(NOT_FOUND.id, _NOWHERE), 404)


def page(heading: str, said: Text) -> str:
    """A page that only says something, with the way to the first one."""
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{TITLE}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_STYLE}</style>'
        f"<h1>{heading}</h1><p>{said.id} <a href='/'>Ke Beranda</a></p>"
        f"<p lang='en'>{said.en} <a href='/?lang=en'>Home</a></p></html>"
    )


class _Unanswered(Route):
    """Everything but what our pages ask of Streamlit, whose routes come after ours."""

    def __init__(self, ours: Collection[str]) -> None:
        super().__init__("/{path:path}", _not_found)
        # Whatever the method: Streamlit has routes for some that take no GET.
        self.methods = None
        self._ours = ours

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        path = scope.get("path", "")
        return (Match.NONE, {}) if path in self._ours or _is_asked_for(path) else super().matches(scope)


def _is_asked_for(path: str) -> bool:
    # Below /static/ too Streamlit answers what is none of its files with its own page, in English.
    return path in _ASKED_FOR or path.startswith(_ASKED_FOR_BELOW) or path in static_files()


@cache
def static_files() -> dict[str, Path]:
    """Streamlit's scripts, styles and fonts by their addresses: a path is looked up, never joined."""
    root = Path(file_util.get_static_dir())
    return {
        f"/{path.relative_to(root).as_posix()}": path
        for path in (root / "static").rglob("*")
        if path.is_file()
    }
