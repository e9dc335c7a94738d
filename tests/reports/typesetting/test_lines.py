"""How words are broken into lines: a range of numbers never is."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from survey_app.reports.typesetting.blocks import KeyFigure, Paragraph
from survey_app.reports.typesetting.document import Cover, report
from survey_app.reports.typesetting.workers import render_pdf_here
from survey_app.wording.voice import Voice
from tests import printed


def test_a_range_stays_on_one_line_wherever_it_falls() -> None:
    """Each paragraph has its ranges one letter further on, so that one of them falls on the end of a line."""
    ranges = "76,17–81,14 dan 12–58% dan 1,04–2,33 "
    blocks = [Paragraph("x" * shift + " " + ranges * 5) for shift in range(1, 30)]
    cover = Cover(
        kicker="",
        name="Baris",
        lines=(),
        key=KeyFigure(label="IKM", value="78,74", detail="Baik", facts=()),
        notices=(),
        foot="",
    )
    made = report("Baris", "", cover, blocks, Voice("id"), datetime(2026, 11, 30, tzinfo=UTC))
    lines = [line for page in printed.pages(render_pdf_here(made)) for line in page.splitlines()]
    assert len([line for line in lines if "76,17" in line]) > len(blocks)
    assert [line for line in lines if re.search(r"–\s*$|^\s*–", line)] == []
