"""Streamlit's single HTML page in our language, at the addresses that exist."""

from __future__ import annotations

import re
from asyncio import to_thread
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import file_util

from survey_app.errors import Unavailable
from survey_app.pages import doors
from survey_app.pages.serving import finding
from survey_app.pages.serving.staff_only import session_of
from survey_app.pages.serving.unanswered import TITLE, unanswered
from survey_app.pages.specs import PAGES
from survey_app.services.accounts.sessions import Session
from survey_app.services.process import runtime
from survey_app.text import language_meant
from survey_app.ui import finder, links

_ICON, _ICON_FILE = "/favicon.png", Path(__file__).parents[1] / "icon.png"
DESCRIPTION = "Isi survei kepuasan masyarakat dan lihat hasilnya: IKM menurut PermenPANRB 14/2017."
NOSCRIPT = (
    "Halaman ini memerlukan JavaScript. Formulir survei untuk ponsel, di alamat /s/, tidak memerlukannya."
)
#: Otherwise a page below / first asks for its server below its own address, and logs two errors.
_BASE = "window.__streamlit = {BACKEND_BASE_URL: location.origin, MAIN_PAGE_BASE_URL: location.origin}"


def routes() -> list[BaseRoute]:
    """The shell at every page's address, the icon, and the 404 for addresses nothing answers."""
    # Streamlit gives the first page no other address than the root.
    paths = {"/": PAGES[0]} | {f"/{spec.path}": spec for spec in PAGES[1:]}
    return [
        *(
            Route(path, _shell if spec.action is None else _staff_shell, methods=["GET"])
            for path, spec in paths.items()
        ),
        Route(_ICON, _icon, methods=["GET"]),
        finding.route(),
        unanswered((*paths, _ICON, finder.SOURCE)),
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


async def _staff_shell(request: Request) -> Response:
    """The shell for whoever has signed in; others are sent to where they do, and come back."""
    try:
        found = await session_of(request)
    except Unavailable:  # The page says so, and opens when the database is back.
        return await _shell(request)
    asked = request.url.query
    if found is not None:
        first = await to_thread(_first_page, found) if request.url.path == "/" else None
        if first is None:
            return await _shell(request)
        there = f"/{first}?{asked}" if asked else f"/{first}"
        return RedirectResponse(there, 303, {"Cache-Control": "no-store"})
    then = f"{request.url.path}?{asked}" if asked else request.url.path
    there = links.sign_in(then, language_meant(request.query_params.get("lang")))
    return RedirectResponse(there, 303, {"Cache-Control": "no-store"})


def _first_page(person: Session) -> str | None:
    """Where somebody begins; None where the first page says what to do, or that the database is away."""
    try:
        return doors.beyond_beranda(runtime.database(), person.acting)
    except Unavailable:
        return None


async def _shell(_: Request) -> Response:
    return HTMLResponse(html(), headers={"Cache-Control": "no-cache"})


async def _icon(_: Request) -> Response:
    return FileResponse(_ICON_FILE, media_type="image/png")
