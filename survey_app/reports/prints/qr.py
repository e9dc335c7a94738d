"""QR codes as SVG, for posters and for the kiosk's hand-off to one's own phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

import segno

#: Light modules around the code: four is what the standard (ISO/IEC 18004) asks for.
QUIET_ZONE = 4


#: Told how much of a piece of work is done, from 0 to 1.
Told = Callable[[float], object]


def untold(_: float) -> None:
    """For work nobody waits for in front of a screen."""


def qr_files(addresses: Sequence[str], told: Told = untold) -> dict[str, str]:
    """The codes of many addresses as files qr0.svg, qr1.svg and so on, 10 ms each."""
    files = {}
    for i, address in enumerate(addresses):
        files[f"qr{i}.svg"] = qr_svg(address)
        told((i + 1) / len(addresses))
    return files


def qr_svg(text: str) -> str:
    """`text` as one SVG element that fills its box, black on white.

    Error correction M (15%), or higher where that costs no larger code.
    """
    buffer = BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False, nl=False,
        dark="#000", light="#fff", svgclass=None, lineclass=None,
    )  # fmt: skip
    return buffer.getvalue().decode("ascii")
