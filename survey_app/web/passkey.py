"""Signing in with a passkey, and what a page asks a device for a new one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from survey_app.errors import AppError, Refused
from survey_app.services.accounts import passkeys
from survey_app.services.accounts.passkeys import NOT_ACCEPTED, Site
from survey_app.services.accounts.sessions import Session
from survey_app.text import Text
from survey_app.web.sign_in import drawn, onward
from survey_app.web.site import Endpoint
from survey_app.web.visitor import Door, language_of, origin_of
from survey_app.wording import product


def ask_to_sign_in(door: Door) -> Endpoint:
    """POST /masuk/kunci/mulai: what a device is to sign, as JSON."""

    async def ask(request: Request) -> Response:
        await door.read(request)
        asked = await door.do(
            passkeys.start_sign_in, door.site.database(), door.place(request), door.site.clock()
        )
        return _json(asked)

    return ask


def sign_in_with_passkey(door: Door) -> Endpoint:
    """POST /masuk/kunci: 303 with a session, 401 with what to do instead."""

    async def take(request: Request) -> Response:
        fields = await door.read(request)
        try:
            token = await door.do(
                passkeys.sign_in,
                door.site.database(),
                door.place(request),
                answer_in(fields),
                origin_of(request),
                door.site.clock(),
                door.times(),
            )
        except AppError as refused:
            return await drawn(door, request, fields.get("lanjut"), 401, problem=refused.text)
        return await door.signed_in(request, token, onward(request, fields))

    return take


def ask_for_new_key(door: Door) -> Endpoint:
    """POST /akun/kunci/mulai: what a device is to make a key for, as JSON; 401 without a session."""

    async def ask(request: Request) -> Response:
        await door.read(request)
        session = await door.who(request)
        if session is None:
            return _refused(request, NOT_ACCEPTED, 401)
        return await door.do(_asked, door, request, session)

    return ask


def answer_in(fields: Mapping[str, str]) -> Mapping[str, Any]:
    """What a device said. Raises: Refused `passkey-refused`."""
    try:
        answer = json.loads(fields.get("jawaban", ""))
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Refused("passkey-refused", NOT_ACCEPTED)
    return answer


def _asked(door: Door, request: Request, session: Session) -> Response:
    title = product.NAME.in_language(language_of(request))
    place: Site = door.place(request)
    try:
        return _json(passkeys.start_adding(door.site.database(), session, place, title, door.site.clock()))
    except Refused as refused:
        return _refused(request, refused.text, 422)


def _refused(request: Request, text: Text, status: int) -> Response:
    return JSONResponse({"text": text.in_language(language_of(request))}, status)


def _json(options: str) -> Response:
    return Response(options, media_type="application/json")
