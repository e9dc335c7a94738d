"""Whether citizens can reach the address that posters, slips and kiosk codes carry."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from survey_app.text import Text

WHAT_TO_DO = Text(
    "Minta admin mengatur alamat survei yang dapat dibuka warga (SURVEY_PUBLIC_URL, misalnya "
    "https://survei.contoh.go.id), lalu buat sekali lagi.",
    "Ask the administrator to set a survey address that people can open (SURVEY_PUBLIC_URL, such as "
    "https://survey.example.go.id), then make it again.",
)
THIS_MACHINE = Text(
    "Alamat {address} hanya dapat dibuka di komputer ini. Warga yang memindai kode QR tidak dapat "
    "membuka survei. {do}",
    "The address {address} opens only on this computer. People who scan the QR code cannot open the "
    "survey. {do}",
)
THIS_NETWORK = Text(
    "Alamat {address} hanya dapat dibuka dari jaringan kantor. Warga tidak dapat membuka survei di "
    "ponsel. {do}",
    "The address {address} opens only within the office network. People cannot open the survey on their "
    "phones. {do}",
)


def warning(base_url: str, public_url: str | None) -> Text | None:
    """What to say before `base_url` is printed; None for an address that may be reached from anywhere.

    Args:
        public_url: what the operator has set. An address of the office's network may be meant then, as for
            kiosks alone; one of this machine never is.
    """
    host = urlsplit(base_url).hostname
    if not host:
        return None
    if _of_this_machine(host):
        return THIS_MACHINE.format(address=base_url, do=WHAT_TO_DO)
    if base_url.rstrip("/") != public_url and _of_this_network(host):
        return THIS_NETWORK.format(address=base_url, do=WHAT_TO_DO)
    return None


def _of_this_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _of_this_network(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".internal"))
    return not address.is_global
