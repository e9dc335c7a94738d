"""Answers sent by a paired device, and their receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey_app.services.answers import intake
from survey_app.services.answers.intake import Rejection
from survey_app.text import Text
from survey_app.web import devices
from survey_app.web.api import problems, taking
from survey_app.web.api.caller import SiteHere
from survey_app.web.api.parameters import both
from survey_app.web.api.submitted import SentSubmission

router = APIRouter(prefix="/responses", tags=["responses"])

_device = HTTPBearer(
    auto_error=False,
    scheme_name="deviceToken",
    description="The token that a device was given as it was paired; `client_id` is the device's code.",
)
_UNPROVEN = Text(
    "Perlu token perangkat yang terhubung: Authorization: Bearer, dan kode perangkat di client_id.",
    "The token of a paired device is needed: Authorization: Bearer, and the code of the device in client_id.",
)
_BODY = {
    "required": True,
    "content": {"application/json": {"schema": SentSubmission.model_json_schema()}},
}


class SentReceipt(BaseModel):
    """Proof that the answer is stored durably."""

    id: UUID
    receipt: Annotated[str, Field(description="The code that people are shown.")]
    received_at: datetime
    again: Annotated[bool, Field(description="Whether it had been received before.")]


@router.post(
    "",
    status_code=201,
    response_model=SentReceipt,
    dependencies=[Security(_device)],
    openapi_extra={"requestBody": _BODY},
    responses={
        200: {"model": SentReceipt, "description": "It was stored before"},
        **problems.responses(400, 401, 403, 408, 413, 415, 422, 429, 503),
    },
    summary=both("Kirim jawaban dari perangkat", "Send an answer from a device"),
)
async def send_response(request: Request, site: SiteHere) -> Response:
    """Store one person's answers; sent again it counts once and has the same receipt."""
    try:
        outcome = await taking.take(site, request, devices.known_sender)
    except HTTPException as refused:
        if refused.status_code != 401:
            raise
        return problems.answer(401, "device-token", _UNPROVEN, headers=refused.headers)
    if isinstance(outcome, Rejection):
        return problems.answer(422, "input-refused", problems.INPUT, outcome.problems)
    return JSONResponse(_told(outcome).model_dump(mode="json"), 200 if outcome.again else 201)


@router.get(
    "/{response_id}",
    responses=problems.responses(404, 422, 429, 503),
    summary=both("Bukti sebuah jawaban", "Receipt of an answer"),
)
def get_receipt(site: SiteHere, response_id: UUID) -> SentReceipt:
    """The receipt of a stored answer, for whoever knows its id."""
    found = intake.find_receipt(site.database(), response_id)
    if found is None:
        raise HTTPException(404)
    return _told(found)


def _told(receipt: intake.Receipt) -> SentReceipt:
    return SentReceipt(
        id=receipt.id, receipt=receipt.code, received_at=receipt.received_at, again=receipt.again
    )
