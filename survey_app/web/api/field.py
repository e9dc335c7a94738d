"""`/api/responses`: a submission as JSON, answered with its receipt or with every problem."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from survey_app.errors import Problem
from survey_app.services.answers import intake
from survey_app.services.answers.intake import Receipt, Rejection
from survey_app.web import devices
from survey_app.web.api import taking
from survey_app.web.site import Endpoint, Site


def api_routes(site: Site) -> list[Route]:
    """Routes below /api."""
    return [
        Route("/responses", take_response(site), methods=["POST"]),
        Route("/responses/{id:uuid}", show_receipt(site)),
    ]


def take_response(site: Site) -> Endpoint:
    """201 with the receipt, 200 when the id was known, 422 with the problems; 400, 401, 403, 413, 415."""

    async def post(request: Request) -> Response:
        await site.pace.check(request, site.clock())
        outcome = await taking.take(site, request, devices.sender)
        if isinstance(outcome, Rejection):
            return JSONResponse({"problems": [_problem(p) for p in outcome.problems]}, 422)
        return JSONResponse(_receipt(outcome), 200 if outcome.again else 201)

    return post


def show_receipt(site: Site) -> Endpoint:
    """The receipt of a stored response, else 404: the answer may have been sent by another tab."""

    async def get(request: Request) -> Response:
        receipt = await run_in_threadpool(intake.find_receipt, site.database(), request.path_params["id"])
        if receipt is None:
            raise HTTPException(404)
        return JSONResponse(_receipt(receipt))

    return get


def _receipt(receipt: Receipt) -> dict[str, object]:
    return {
        "id": str(receipt.id),
        "receipt": receipt.code,
        "received_at": receipt.received_at.isoformat(),
        "again": receipt.again,
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "path": problem.path,
        "text": {"id": problem.text.id, "en": problem.text.en},
    }
