"""Documents as pictures of their pages, drawn by Typst itself."""

from __future__ import annotations

import io
from typing import Any

import typst
from PIL import Image

from survey_app.reports.typesetting import compiler
from survey_app.reports.typesetting.document import Document
from survey_app.reports.typesetting.printable import FONTS


def pages_drawn(document: Document, ppi: float = 100) -> list[Image.Image]:
    """Every page with so many dots per inch; with 100 as a poor printer makes them."""
    sources = {path.name: path.read_bytes() for path in compiler.TEMPLATES.glob("*.typ")}
    sources |= {name: text.encode() for name, text in document.files.items()}
    # Any: Typst takes a dictionary of files, which its type stub does not say.
    files: Any = {**sources, "main.typ": sources[document.template]}
    made = typst.compile(
        files,
        root=compiler.TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
    )
    return [Image.open(io.BytesIO(page)) for page in (made if isinstance(made, list) else [made])]
