"""Telling our own pages' requests from those that another site makes a browser send."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def is_cross_site(headers: Headers, *, null_origin: bool = False) -> bool:
    """True when a browser says that another site is behind the request.

    Sec-Fetch-Site decides where it is sent (secure contexts), else Origin against Host. A program that sends
    neither is no browser, holds no cookie of ours and is let through: there is nothing to forge.

    Args:
        null_origin: let "Origin: null" through. With Referrer-Policy no-referrer a browser sends it with our
            own form too; such a form needs a proof of its own, as a token in a cookie.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    if null_origin and headers.get("origin") == "null":
        return False
    return is_of_another_host(headers)


def is_of_another_host(headers: Headers) -> bool:
    """True when Origin names another host than the one that is asked, whatever else the request says."""
    origin = headers.get("origin")
    return origin is not None and _host(origin) != headers.get("host")


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
