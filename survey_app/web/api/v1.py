"""`/api/v1`: results, answers, reports, units and files for other programs, described by OpenAPI."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from survey_app.errors import AppError
from survey_app.services.answers.limits import Limiter
from survey_app.web.api import (
    docs_page,
    imports,
    internal,
    open_units,
    problems,
    reports,
    responses,
    results,
    units,
)
from survey_app.web.api.caller import PER_KEY
from survey_app.web.api.heavy import Heavy
from survey_app.web.api.in_turn import InTurn
from survey_app.web.api.openapi import Described, name_of
from survey_app.web.site import MAX_BODY, Site

_ABOUT = (
    "Hasil survei kepuasan masyarakat (IKM), untuk program lain. Hasil yang sudah dipublikasikan terbuka; "
    "selebihnya dengan kunci. / Results of the public satisfaction survey (IKM) for other programs. What is "
    "published is open; the rest needs a key."
)
_TAGS = [
    {
        "name": "results",
        "description": "Hasil yang sudah dipublikasikan, tanpa kunci / Published results, without a key",
    },
    {"name": "units", "description": "Instansi, unit, layanan / Agencies, units, services"},
    {
        "name": "internal",
        "description": "Hasil dan jawaban internal, dengan kunci / Internal results and answers, with a key",
    },
    {"name": "responses", "description": "Jawaban dari perangkat / Answers sent by a paired device"},
    {"name": "imports", "description": "Berkas jawaban, dengan kunci / Files of answers, with a key"},
    {"name": "reports", "description": "Laporan berkala, dengan kunci / Scheduled reports, with a key"},
]


def api_v1(site: Site, limit_factor: float) -> FastAPI:
    """The application below /api/v1."""
    app = Described(
        title="Survei IKM",
        version="1",
        description=_ABOUT,
        openapi_tags=_TAGS,
        openapi_url="/openapi.json",
        docs_url=None,  # its page would load scripts of others
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
        servers=[{"url": "/api/v1"}],
        # What any operation can answer; each adds its own.
        responses=problems.responses(422, 429, 503),
        generate_unique_id_function=name_of,
        exception_handlers={
            HTTPException: problems.of_status,
            AppError: problems.of_app,
            RequestValidationError: problems.of_validation,
            Exception: problems.of_fault,
        },
        max_body_size=MAX_BODY,
    )
    app.add_middleware(InTurn, site=site)
    app.state.site = site
    app.state.heavy = Heavy()
    app.state.limits = Limiter(PER_KEY.widened(limit_factor))
    for part in (open_units, results, internal, responses, imports, reports, units, docs_page):
        app.include_router(part.router)
    return app
