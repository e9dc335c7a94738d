"""Reports are made outside the server's process, in bounded number and time, with the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey_app.errors import ReportError
from survey_app.reports.typesetting.document import Document, document
from survey_app.reports.typesetting.workers import render_pdf, render_pdf_here
from tests.reports.samples import MADE_AT

ROOT = Path(__file__).parents[3]


def made(source: str) -> Document:
    """A document of one page of Typst."""
    return document("laporan.typ", {}, {"laporan.typ": f'#set document(title: "x")\n{source}'}, MADE_AT)


def test_a_worker_makes_the_bytes_that_this_process_makes() -> None:
    page = made('#set text(font: "Noto Sans")\n= Halo – é')
    assert render_pdf(page) == render_pdf_here(page)


def test_workers_side_by_side_make_their_own_pages() -> None:
    pages = [made(f'#set text(font: "Noto Sans")\n= Laporan {i}') for i in range(5)]
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(render_pdf, pages)) == [render_pdf_here(page) for page in pages]


def test_what_the_compiler_says_comes_back_as_an_error() -> None:
    with pytest.raises(ReportError, match="gagal di sini") as caught:
        render_pdf(made('#panic("gagal di sini")'))
    assert caught.value.code == "report-failed"


def test_a_report_that_takes_too_long_is_stopped_and_the_next_one_works() -> None:
    endless = made("#let f(n) = range(n).map(i => range(i).fold(0, calc.max)).sum()\n#f(90000)")
    with pytest.raises(ReportError, match="dihentikan") as caught:
        render_pdf(endless, timeout=1.0)
    assert caught.value.code == "report-timeout"
    assert render_pdf(made('#set text(font: "Noto Sans")\n= x')).startswith(b"%PDF")


PAGE = """
from pathlib import Path
from tests.reports.typesetting.test_workers import made
from survey_app.reports.typesetting.workers import render_pdf
with Path(__file__).with_suffix(".log").open("a") as log:
    log.write("page ran\\n")
render_pdf(made('#set text(font: "Noto Sans")\\n= x'))
"""


def test_the_main_module_is_not_run_again_in_a_worker(tmp_path: Path) -> None:
    # Streamlit puts the page's script in place of __main__; a worker that imported it would run the page.
    script = tmp_path / "page.py"
    script.write_text(PAGE)
    subprocess.run([sys.executable, script], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert script.with_suffix(".log").read_text() == "page ran\n"


def test_a_worker_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'pandas', 'scipy', 'sqlalchemy', 'streamlit'}"
    code = f"import sys, survey_app.reports.typesetting.compiler; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
