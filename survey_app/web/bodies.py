"""Reading request bodies: a form or JSON, or a clear 4xx. What comes out is safe to look up and to store."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from survey_app.web.same_origin import is_cross_site

#: Seconds in which a body must have come: 64 kB on the slowest network, and no longer than the outbox waits.
_PATIENCE = 30.0
#: More fields than any instrument has.
_MAX_FIELDS = 200


async def read_form(request: Request, *, null_origin: bool = False) -> dict[str, str]:
    """The fields of a urlencoded form, each once.

    Args:
        null_origin: the form stands on a page that tells nobody its address (`is_cross_site`).

    Raises: HTTPException 400, 403, 413, 415.
    """
    body = await _read(request, "application/x-www-form-urlencoded", null_origin)
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS
        )
    except ValueError:
        raise HTTPException(400) from None
    if any(times > 1 for times in Counter(key for key, _ in pairs).values()):
        raise HTTPException(400)
    return dict(pairs)


async def read_json(request: Request) -> Mapping[str, object]:
    """The JSON object sent. NaN, repeated keys and numbers beyond reason are refused.

    Raises: HTTPException 400, 403, 413, 415.
    """
    body = await _read(request, "application/json")
    try:
        data = json.loads(body, parse_constant=_refuse, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(data, dict):
        raise HTTPException(400)
    return data


async def _read(request: Request, media_type: str, null_origin: bool = False) -> bytes:
    if is_cross_site(request.headers, null_origin=null_origin):
        raise HTTPException(403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise HTTPException(415)
    try:
        async with asyncio.timeout(_PATIENCE):
            return await request.body()
    except ClientDisconnect:
        raise HTTPException(400) from None
    except TimeoutError:
        # What is left of the body must not be read as another request.
        raise HTTPException(408, headers={"Connection": "close"}) from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise ValueError("a key is repeated")
    return result
