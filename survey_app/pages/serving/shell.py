"""Streamlit's single HTML page in our language, at the addresses that exist."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from survey_app.pages.frame import ICON
from survey_app.pages.serving.unanswered import TITLE, unanswered
from survey_app.pages.specs import PAGES

DESCRIPTION = "Isi survei kepuasan masyarakat dan lihat hasilnya: IKM menurut PermenPANRB 14/2017."
NOSCRIPT = (
    "Halaman ini memerlukan JavaScript. Formulir survei untuk ponsel, di alamat /s/, tidak memerlukannya."
)
#: Otherwise a page below / first asks for its server below its own address, and logs two errors.
_BASE = "window.__streamlit = {BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin}"


def routes() -> list[BaseRoute]:
    """The shell at every page's address, the icon, and the 404 for addresses nothing answers."""
    # Streamlit gives the first page no other address than the root.
    paths = ["/", *(f"/{spec.path}" for spec in PAGES[1:])]
    return [
        *(Route(path, _shell, methods=["GET"]) for path in paths),
        Route("/favicon.png", _icon, methods=["GET"]),
        unanswered(),
    ]


@cache
def html() -> str:
    """Streamlit's index.html with our language, title and description.

    Raises: RuntimeError if a new Streamlit's page lacks a part that is replaced.
    """
    page = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    head = f'<title>{TITLE}</title>\n    <meta name="description" content="{escape(DESCRIPTION)}" />'
    for pattern, replacement in (
        (r'<html lang="en">', '<html lang="id">'),
        (r"<title>Streamlit</title>", head),
        (r"<link rel=\"service-desc\"[^>]*>", ""),
        (r"<!--.*?-->", ""),
        (r"<script>", f"<script>{_BASE};"),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{NOSCRIPT}</p></noscript>"),
    ):
        page, times = re.subn(pattern, replacement, page, flags=re.DOTALL)
        if times == 0:
            raise RuntimeError(f"Streamlit's index.html has no {pattern}")
    return page


async def _shell(_: Request) -> Response:
    return HTMLResponse(html(), headers={"Cache-Control": "no-cache"})


async def _icon(_: Request) -> Response:
    return FileResponse(ICON, media_type="image/png")
