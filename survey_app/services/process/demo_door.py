"""Whether people of the demonstration may sign in: only at this machine, and only where it was asked for.

They need no password, so that whoever reaches the server could be any of them. Therefore the operator asks
for it (SURVEY_DEMO=1), the server listens to this machine alone, the browser has called it by a name of this
machine, no proxy has passed the request on, and nobody has a real account. A proxy on this machine that adds
no header would go unseen; the page says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from survey_app import settings
from survey_app.services.accounts import demo_people
from survey_app.storage.database import Database

#: Set by proxies; the browser itself sends none of them.
_PASSED_ON = (
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-real-ip",
    "cf-connecting-ip",
)


def is_open(
    database: Database, address: str | None, headers: Mapping[str, str], *, client: str | None = None
) -> bool:
    """Whether a request may sign in, or be signed in, as a person of the demonstration.

    Args:
        address: where the server listens, as it was told; None is everywhere.
        headers: of the request; names in any case.
        client: the address the request came from, where it is known. It tells where another server than the
            one that was told has us, and listens elsewhere.
    """
    given = {name.lower(): value for name, value in headers.items()}
    return (
        settings.load().demo
        and address is not None
        and settings.is_loopback(address)
        and settings.is_loopback(_host(given.get("host", "")))
        and (client is None or settings.is_loopback(client))
        and not any(name in given for name in _PASSED_ON)
        and demo_people.are_open(database)
    )


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""
