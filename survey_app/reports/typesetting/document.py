"""A document ready for the compiler: a template, its data and its figures, all as text, and the moment it
carries. Equal documents become equal bytes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from survey_app.reports.typesetting.blocks import Block, KeyFigure, block_data
from survey_app.reports.typesetting.printable import printable_tree
from survey_app.text import Text
from survey_app.wording.voice import Voice

CONTENTS = Text("Daftar isi", "Contents")


@dataclass(frozen=True)
class Document:
    """`template` names a file in typst/; `files` are what it reads; `made_at` is aware."""

    template: str
    files: Mapping[str, str]
    made_at: datetime

    @property
    def timestamp(self) -> int:
        """`made_at` in whole UNIX seconds."""
        return int(self.made_at.timestamp())


@dataclass(frozen=True, kw_only=True)
class Cover:
    """The first page: what it is, of whom, the number, and what must be known about the number.

    With `blocks` it is a summary of one page for who reads no further.
    """

    kicker: str
    name: str
    lines: tuple[str, ...]
    key: KeyFigure
    notices: tuple[str, ...]
    foot: str
    blocks: tuple[Block, ...] = ()


def report(
    title: str,
    author: str,
    cover: Cover,
    blocks: Sequence[Block],
    voice: Voice,
    made_at: datetime,
    mark: str = "",
) -> Document:
    """A report with a cover, contents, and `blocks` on numbered pages; `mark` stands on every page."""
    files: dict[str, str] = {}
    data = {
        "lang": voice.language,
        "title": f"{title} ({mark})" if mark else title,
        "author": author,
        "running": _running(title),
        "mark": mark,
        "words": {
            "page": voice.say("Halaman", "Page"),
            "of": voice.say("dari", "of"),
            "contents": voice.text(CONTENTS),
        },
        "cover": {
            **asdict(replace(cover, blocks=())),
            "blocks": [block_data(block, files) for block in cover.blocks],
        },
        "blocks": [block_data(block, files) for block in blocks],
    }
    return document("laporan.typ", data, files, made_at)


def _running(title: str) -> str:
    """The title in one line; a long name gives way, not the period after it."""
    name, comma, period = title.rpartition(", ")
    return f"{textwrap.shorten(name, 108 - len(period), placeholder='…')}{comma}{period}"


def document(
    template: str, data: Mapping[str, object], figures: Mapping[str, str], made_at: datetime
) -> Document:
    """Any template with its data, every string of it made printable."""
    text = json.dumps(printable_tree(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Document(template, {**figures, "data.json": text}, made_at)
