"""QR codes as SVG, for posters and for the kiosk's hand-off to one's own phone."""

from __future__ import annotations

from io import BytesIO

import segno

#: Light modules around the code: four is what the standard (ISO/IEC 18004) asks for.
QUIET_ZONE = 4


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
