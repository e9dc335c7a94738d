"""Addresses below the routes of an app, so that a test meets each of them, a new one too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from starlette.routing import BaseRoute, Mount, Route


def addresses(routes: Sequence[BaseRoute], filled: str = "x", before: str = "") -> Iterator[str]:
    """An address below each route, with `filled` for what it takes."""
    for route in routes:
        if isinstance(route, Mount):
            yield from (
                f"{before}{route.path}",
                f"{before}{route.path}/",
                f"{before}{route.path}/x/y/{filled}",
            )
            yield from addresses(route.routes, filled, before + route.path)
        elif isinstance(route, Route):
            yield before + re.sub(r"{[^}]+}", lambda _: filled, route.path)
