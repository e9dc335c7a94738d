"""Where a message may be sent: nowhere inside our own network, unless an operator has said so.

Whoever may enter an address could else have the server ask machines that only it can reach. A name is looked
up once and what was looked at is connected to: a name that means something else a moment later gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

LONGEST = 500
#: Behind which an IPv6 address hides one of IPv4 (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")
_IPV4 = 0xFFFFFFFF
#: All of IPv6 that is given out to the internet.
_GIVEN_OUT = ip_network("2000::/3")
#: For protocols and tunnels (IANA's registries of special-purpose addresses); not every Python knows all.
_SPECIAL = tuple(
    map(
        ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "2001::/23", "2001:db8::/32", "3fff::/20"),
    )
)


class Unreachable(Exception):
    """Nothing is sent; `word` says why."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True)
class Target:
    """An address taken apart. `path` has the query too."""

    host: str
    port: int
    path: str


def target(address: str) -> Target | None:
    """Of an https address without user, password and fragment; None of anything else."""
    if len(address) > LONGEST or not (address.isascii() and address.isprintable()) or " " in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname
    if parts.scheme != "https" or not host or "@" in parts.netloc or parts.fragment or port == 0:
        return None
    query = f"?{parts.query}" if parts.query else ""
    return Target(host, port or 443, (parts.path or "/") + query)


def is_inside(host: str, allowed: Sequence[Network]) -> bool:
    """Whether a host can be seen to be none of the internet without looking it up."""
    named = "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
    try:
        return not _may_be(ip_address(named), allowed)
    except ValueError:
        return False


def looked_up(at: Target, allowed: Sequence[Network]) -> list[Address]:
    """The addresses of a host that may be connected to, in the order the system prefers.

    Raises: Unreachable `no-address`, `address-refused`.
    """
    try:
        found = socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable("no-address") from None
    addresses = list(dict.fromkeys(ip_address(str(one[4][0]).partition("%")[0]) for one in found))
    usable = [address for address in addresses if _may_be(address, allowed)]
    if not usable:
        raise Unreachable("address-refused" if addresses else "no-address")
    return usable


def _may_be(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether it is an address of the internet, or of a network that was allowed."""
    real = _real(address)
    if _is_in(real, allowed):
        return True
    given_out = real.version == 4 or real in _GIVEN_OUT
    return real.is_global and given_out and not real.is_multicast and not _is_in(real, _SPECIAL)


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _real(address: Address) -> Address:
    """The address of IPv4 that one of IPv6 stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _IPV4)
    return address.ipv4_mapped or address.sixtofour or address
