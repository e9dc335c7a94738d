"""What a PDF says, as whoever opens it reads it.

By PDFium, which draws PDF in Chromium. pypdf, which tests ask how a file is built, says the same words and
takes thirty times as long.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def pages(pdf: bytes | Path) -> list[str]:
    """The words of each page, in the order of its lines."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_words(document, number) for number in range(len(document))]


def lines(text: str) -> str:
    """All of it on one line, where it does not matter how words were broken into lines."""
    return " ".join(text.split())


def words(pdf: bytes | Path) -> str:
    """The words of all pages on one line."""
    return lines(" ".join(pages(pdf)))


def _words(document: pypdfium2.PdfDocument, number: int) -> str:
    text: str = document[number].get_textpage().get_text_range()
    # A place where a long word may be broken is none of its letters.
    return text.replace("\r\n", "\n").replace("\u200b", "")
