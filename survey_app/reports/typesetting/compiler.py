"""Typst: files become a PDF that the compiler has checked against PDF/UA-1 and PDF/A-2a.

Only the report's own fonts and templates are within reach: no system fonts, no packages, no network. Runs as
a process of its own too (`python -m survey_app.reports.typesetting.compiler`: JSON in, PDF or PNG out), so
it imports next to nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from survey_app.reports.typesetting.printable import FONTS, drawable

TEMPLATES = Path(__file__).with_name("typst")


def compile_pdf(template: str, files: Mapping[str, str], timestamp: int) -> bytes:
    """Compile `template` of the folder typst/ with `files` beside it, in this process.

    The same input gives the same bytes: `timestamp`, in UNIX seconds, is the only moment in the document.

    Raises:
        typst.TypstError: for a document that cannot be set or does not meet the standards.
    """
    # Any: Typst takes a dictionary of files, which its type stub does not say.
    sources: Any = {**_templates(), **{name: text.encode() for name, text in files.items()}}
    sources["main.typ"] = sources[template]
    pdf: bytes
    pdf, warnings = typst.compile_with_warnings(
        sources,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=timestamp,
    )
    if warnings:
        print(*warnings, sep="\n", file=sys.stderr)
    return pdf


#: Dots for an inch of a picture: two for each of a screen's.
_DOTS = 192


def compile_png(svg: str) -> bytes:
    """`svg` as a picture of its own size, in this process.

    Raises:
        typst.TypstError: for what is no drawing.
    """
    # Any: as above.
    sources: Any = {
        "main.typ": b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")',
        "drawing.svg": drawable(svg).encode(),
    }
    png = typst.compile(
        sources, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, format="png", ppi=_DOTS
    )
    assert isinstance(png, bytes)  # of one page
    return png


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _templates() -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))}


if __name__ == "__main__":
    task = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(compile_png(**task) if "svg" in task else compile_pdf(**task))
