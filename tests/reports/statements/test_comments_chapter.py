"""Quotes in a report: those of an older publication are redacted and masked again when it is made."""

from __future__ import annotations

from survey_app import instruments
from survey_app.reports.statements import comments_chapter
from survey_app.reports.typesetting.blocks import Bullets
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import every_comment
from survey_app.wording.voice import Voice


def test_a_quote_that_was_published_raw_leaves_without_number_and_name() -> None:
    quotes = ("Bu Rina minta uang, WA 0812\u20133456\u20137890", "Pak petugas ramah, jam 08.00-16.00")
    published = (CommentGroup("perilaku", (("keluhan", 2),), quotes),)
    blocks = comments_chapter.blocks(instruments.get("skm-2017@1"), every_comment(published), Voice("id"))
    assert [block.items for block in blocks if isinstance(block, Bullets)] == [
        ("Bu [nama] minta uang, WA [telepon]", "Pak petugas ramah, jam 08.00-16.00")
    ]
