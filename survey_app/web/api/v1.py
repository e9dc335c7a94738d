"""`/api/v1`: results, answers, reports, units and files for other programs, described by OpenAPI."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from survey_app.errors import AppError
from survey_app.services.answers.limits import Limiter
from survey_app.web.api import imports, problems, reports, responses, results, units
from survey_app.web.api.caller import PER_KEY, Paced
from survey_app.web.api.heavy import Heavy
from survey_app.web.site import MAX_BODY, Site

_ABOUT = (
    "Hasil survei kepuasan masyarakat (IKM), untuk program lain. Hasil yang sudah dipublikasikan terbuka; "
    "selebihnya dengan kunci. / Results of the public satisfaction survey (IKM) for other programs. What is "
    "published is open; the rest needs a key."
)
_TAGS = [
    {"name": "results", "description": "Hasil yang sudah dipublikasikan / Published results; no key needed."},
    {"name": "responses", "description": "Jawaban dari perangkat / Answers sent by a paired device."},
    {"name": "imports", "description": "Berkas jawaban / Files of answers; a key with the right import."},
    {"name": "reports", "description": "Laporan berkala / Scheduled reports; a key with the right reports."},
    {"name": "units", "description": "Instansi, unit, layanan / Agencies, units, services; the right units."},
]


def api_v1(site: Site, limit_factor: float) -> FastAPI:
    """The application below /api/v1."""
    app = FastAPI(
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
        dependencies=[Paced],
        generate_unique_id_function=_name_of,
        exception_handlers={
            HTTPException: problems.of_status,
            AppError: problems.of_app,
            RequestValidationError: problems.of_validation,
            Exception: problems.of_fault,
        },
        max_body_size=MAX_BODY,
    )
    app.state.site = site
    app.state.heavy = Heavy()
    app.state.limits = Limiter(PER_KEY.widened(limit_factor))
    app.include_router(results.router)
    app.include_router(responses.router)
    app.include_router(imports.router)
    app.include_router(reports.router)
    app.include_router(units.router)
    return app


def _name_of(route: APIRoute) -> str:
    return route.name
