"""Lists page by page: `after` is a place in an order that what is added or taken away does not shift."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field
from starlette.requests import Request

from survey_app.web.api.parameters import both

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """Part of a list."""

    items: list[Item]
    next: Annotated[
        str | None,
        Field(description=both("after untuk halaman berikutnya", "after for the next page")),
    ]


def cut(keyed: Sequence[tuple[str, Item]], after: str | None, limit: int) -> tuple[list[Item], str | None]:
    """Those after the key `after`, `limit` at most, and the last one's key where more follow.

    Args:
        keyed: by its key, in the order of the keys, each of which is there once.
    """
    start = 0 if after is None else bisect_right(keyed, after, key=lambda pair: pair[0])
    page = keyed[start : start + limit]
    more = start + limit < len(keyed)
    return [item for _, item in page], page[-1][0] if more else None


def link(request: Request, after: str) -> str:
    """The `Link` header to the page that begins after `after`."""
    url = request.url.include_query_params(after=after)
    return f'<{url.path}?{url.query}>; rel="next"'
