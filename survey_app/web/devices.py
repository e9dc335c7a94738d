"""`/api/devices`: a kiosk is paired, says that it is alive, and proves itself with its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from survey_app.errors import Problem, Refused
from survey_app.services.answers.intake import Channel, Rejection, Submission
from survey_app.services.follow_up import plans
from survey_app.services.kiosks import devices
from survey_app.services.kiosks.devices import Pulse
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.kiosks import Device
from survey_app.web import bodies, kiosk_page
from survey_app.web.site import Endpoint, Site
from survey_app.web.submissions import is_plain

#: More than any outbox holds; a larger number is no count.
_MAX_COUNT = 10_000_000
#: Milliseconds of the year 10000: later is no clock.
_LAST_MOMENT = 253_402_300_800_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def device_routes(site: Site) -> list[Route]:
    """Routes below /api/devices."""
    return [
        Route("/devices/pair", _pair(site), methods=["POST"]),
        Route("/devices/{device}/heartbeat", _heartbeat(site), methods=["POST"]),
    ]


async def sender(site: Site, request: Request, submission: Submission) -> Device | None:
    """The device that proves to have sent a kiosk's submission; None on other channels.

    Raises: HTTPException 401 for a wrong or revoked token.
    """
    if submission.channel is not Channel.KIOSK:
        return None
    return await known_sender(site, request, submission)


async def known_sender(site: Site, request: Request, submission: Submission) -> Device:
    """The same on every channel: where only devices may send. Raises: HTTPException 401."""
    return await _proven(site, request, submission.client_id or "")


def named(submission: Submission, device: Device, entry: UnitEntry | None) -> Submission | Rejection:
    """The submission with the name of its device, which answers for its own unit only."""
    if entry is not None and entry.unit.id != device.unit_id:
        return Rejection((_other_unit(),))
    return replace(submission, client_id=device.code, device_id=device.id)


def _pair(site: Site) -> Endpoint:
    async def post(request: Request) -> Response:
        await site.pace.check(request, site.clock())
        code = (await bodies.read_json(request)).get("code")
        if not isinstance(code, str) or not is_plain(code):
            raise HTTPException(400)
        try:
            made = await run_in_threadpool(devices.pair, site.database(), code, site.clock())
        except Refused as refused:
            text = {"id": refused.text.id, "en": refused.text.en}
            return JSONResponse({"problems": [{"code": refused.code, "path": "code", "text": text}]}, 422)
        return JSONResponse({"device": made.device.code, "name": made.device.name, "token": made.token}, 201)

    return post


def _heartbeat(site: Site) -> Endpoint:
    async def post(request: Request) -> Response:
        await site.pace.check(request, site.clock())
        pulse = _pulse(await bodies.read_json(request))
        device = await _proven(site, request, request.path_params["device"])
        await run_in_threadpool(devices.heartbeat, site.database(), device, pulse, site.clock())
        version = await run_in_threadpool(_page_version, site, device)
        return JSONResponse({"name": device.name, "version": version})

    return post


def _page_version(site: Site, device: Device) -> str:
    entry = devices.unit_of(site.database(), device)
    pairs = plans.published_pairs(site.database(), entry.unit.code)
    return kiosk_page.version(entry, pairs, site.contact)


async def _proven(site: Site, request: Request, code: str) -> Device:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and is_plain(code):
        device = await run_in_threadpool(devices.authenticate, site.database(), code, token.strip())
        site.pace.proven(request, device is not None)
        if device is not None:
            return device
    raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


def _pulse(data: Mapping[str, object]) -> Pulse:
    version = data.get("version")
    if not isinstance(version, str) or not is_plain(version):
        raise HTTPException(400)
    clock = _EPOCH + timedelta(milliseconds=_whole(data, "clock_ms", _LAST_MOMENT))
    return Pulse(_whole(data, "unsent", _MAX_COUNT), _whole(data, "refused", _MAX_COUNT), version, clock)


def _whole(data: Mapping[str, object], key: str, limit: int) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < limit:
        raise HTTPException(400)
    return value


def _other_unit() -> Problem:
    return Problem.of(
        "device-unit",
        "unit",
        "Perangkat ini terhubung dengan unit lain.",
        "This device is paired with another unit.",
    )
