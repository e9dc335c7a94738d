"""Documents become PDFs in processes of their own, so that the server neither waits nor grows.

One process per document: starting it costs about 50 ms, and whatever it took, or hung on, ends with it. It
is started as a plain command and not by multiprocessing, whose children import the parent's main module:
under `streamlit run` that is the page being shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from survey_app.errors import ReportError
from survey_app.reports.typesetting.compiler import compile_pdf
from survey_app.reports.typesetting.document import Document
from survey_app.text import Text

_ROOT = Path(__file__).parents[3]


def render_pdf(document: Document, timeout: float = 120.0) -> bytes:
    """The PDF of `document`, made in a process of its own.

    Raises:
        ReportError: `report-timeout`, or `report-failed` with what the compiler said.
    """
    task = {"template": document.template, "files": dict(document.files), "timestamp": document.timestamp}
    return _compiled(task, timeout)


def render_png(svg: str, timeout: float = 60.0) -> bytes:
    """`svg` as a PNG, made in a process of its own. Raises: as `render_pdf`."""
    return _compiled({"svg": svg}, timeout)


def _compiled(task: Mapping[str, object], timeout: float) -> bytes:
    command = [sys.executable, "-m", compile_pdf.__module__]
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command,
            input=json.dumps(task).encode(),
            capture_output=True,
            timeout=timeout,
            cwd=_ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        text = Text(
            "Pembuatan laporan dihentikan karena belum selesai setelah {seconds:g} detik. Coba lagi nanti.",
            "The report was stopped because it was not ready after {seconds:g} seconds. Try again later.",
        )
        raise ReportError("report-timeout", text.format(seconds=timeout)) from None
    except subprocess.CalledProcessError as error:
        raise _failed(error.stderr.decode(errors="replace")) from error
    return done.stdout


def render_pdf_here(document: Document) -> bytes:
    """The PDF of `document`, made in this process; the same bytes.

    Raises:
        typst.TypstError: what the compiler said.
    """
    return compile_pdf(document.template, document.files, document.timestamp)


def _failed(said: str) -> ReportError:
    last = said.strip().rsplit("\n", 1)[-1].removesuffix(".")
    text = Text(
        "Laporan tidak dapat dibuat. Sampaikan pesan ini kepada admin: {said}.",
        "The report could not be made. Pass this message on to the administrator: {said}.",
    )
    return ReportError("report-failed", text.format(said=last))
