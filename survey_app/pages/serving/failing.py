"""What the server answers when it fails itself: a page that says so, as strict as every other."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp

from survey_app.pages.serving.policy import PagePolicy
from survey_app.pages.serving.unanswered import page
from survey_app.text import Text

FAILED = Text("Terjadi kesalahan pada server", "Something went wrong on the server.")
_AGAIN = Text("Coba lagi nanti.", f"{FAILED.en} Try again later.")


async def failed(_: Request, __: Exception) -> ASGIApp:
    """The answer to a fault that nothing caught, which the log has.

    Starlette gives it outside all middleware, so that it brings its headers itself.
    """
    return PagePolicy(HTMLResponse(page(FAILED.id, _AGAIN), 500, {"Cache-Control": "no-store"}))
