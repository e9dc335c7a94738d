"""In which cookie the browser keeps the token of a session: what the pages and the plain routes agree on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

COOKIE = "survei"
#: Browsers take a name that begins so from this very host only, over HTTPS and for every path: no other site
#: below the same domain can set it.
SECURE_COOKIE = "__Host-survei"
#: What a form repeats of it, so that no other site can send one (double submit).
FORM_COOKIE, SECURE_FORM_COOKIE = "survei-formulir", "__Host-survei-formulir"
#: What a browser holds while its owner is at the provider of OpenID Connect.
OIDC_COOKIE, SECURE_OIDC_COOKIE = "survei-oidc", "__Host-survei-oidc"
#: What `tokens.new_token` gives. Anything else is no token, and nobody need look it up.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def is_secure(*addresses: str | None) -> bool:
    """Whether a browser came over HTTPS, by any of the addresses that tell.

    That of the request alone does not: behind a proxy that ends HTTPS it may begin with http. The public
    address, the `Origin` header and the address a page is open at tell as well.
    """
    return any(address is not None and address.startswith("https://") for address in addresses)


def public_if_met(public_url: str | None, host: str) -> str | None:
    """The public address, where a browser came by it, as the `Host` header says.

    For `is_secure`: a server with a public address is also called by http://127.0.0.1 on its own machine.
    """
    met = public_url is not None and urlsplit(public_url).netloc.lower() == host.lower()
    return public_url if met else None


def session_token(cookies: Mapping[str, str], *, secure: bool) -> str | None:
    """The token among the cookies of a request; None without one.

    Args:
        secure: whether the browser came over HTTPS. Then the plain cookie does not count: whoever can change
            what goes over HTTP could have set it. The other one counts always, as browsers guard its name.
    """
    value = cookies.get(SECURE_COOKIE)
    if value is None and not secure:
        value = cookies.get(COOKIE)
    return value if value is not None and _TOKEN.fullmatch(value) else None
