"""Saran dan masukan: comments by unsur and kind, some of them in their own words."""

from __future__ import annotations

from collections.abc import Sequence

from survey_app.instruments import Instrument
from survey_app.reports.statements import hidden_words
from survey_app.reports.typesetting.blocks import Block, Bullets, Heading, Paragraph
from survey_app.reports.typesetting.printable import legible
from survey_app.services.voices.comment_groups import CommentGroup
from survey_app.services.voices.quoting import Quotes
from survey_app.text import Text
from survey_app.wording.voice import Voice

KINDS = {
    "pujian": Text("pujian", "praise"),
    "keluhan": Text("keluhan", "complaints"),
    "saran": Text("saran", "suggestions"),
    "": Text("lain-lain", "other"),
}
NOT_PRINTABLE = Text(
    "{n} masukan tidak dikutip karena memuat gambar atau aksara yang tidak dapat dicetak. Masukan "
    "tersebut dapat dibaca di halaman Suara warga.",
    "Comments not quoted because they contain pictures or a script that cannot be printed: {n}. They can "
    "be read on the page What people say.",
)


def blocks(instrument: Instrument, quotes: Quotes | None, voice: Voice) -> list[Block]:
    """Section 3.4; nothing when comments are not part of the report."""
    if quotes is None:
        return []
    heading = Heading(2, voice.say("3.4 Saran dan masukan", "3.4 Comments"))
    less = [Paragraph(hidden_words.few_comments(voice))] if quotes.less else []
    if not (quotes.groups or quotes.folded):
        none = voice.say(
            "Tidak ada saran dan masukan tertulis pada periode ini.", "There are no comments in this period."
        )
        return [heading, *(less or [Paragraph(none)])]
    explained = voice.say(
        "Saran dan masukan dikelompokkan menurut unsur yang disebut; satu masukan dapat menyangkut beberapa "
        "unsur. Yang dikutip adalah contoh tanpa data pribadi, menurut abjad.",
        "Comments are grouped by the service element they name; one comment can name several. "
        "Those quoted are examples without personal data, in alphabetical order.",
    )
    return [
        heading,
        Paragraph(explained),
        *(b for group in quotes.groups for b in _group(instrument, group, voice)),
        *_folded(quotes, voice),
        *less,
    ]


def _group(instrument: Instrument, group: CommentGroup, voice: Voice) -> list[Block]:
    kinds = ", ".join(f"{voice.text(KINDS[kind])} {voice.count(n)}" for kind, n in group.kinds)
    subject = _subject(instrument, group, voice)
    heading = Heading(3, f"{subject}: {kinds}" if kinds else subject)
    return [heading, *_quoted(group.examples, voice)]


def _folded(quotes: Quotes, voice: Voice) -> list[Block]:
    if not quotes.folded:
        return []
    title = voice.say("Unsur lain dengan sedikit masukan", "Other service elements, with few comments each")
    return [Heading(3, title), *_quoted(quotes.folded, voice)]


def _quoted(examples: Sequence[str], voice: Voice) -> list[Block]:
    quoted = tuple(words for text in examples if (words := legible(text)) is not None)
    told = [Paragraph(_left_out(n, voice))] if (n := len(examples) - len(quoted)) else []
    return [*([Bullets(quoted)] if quoted else []), *told]


def _left_out(n: int, voice: Voice) -> str:
    """The report's fonts have no glyphs for every script and picture; the page of comments shows them."""
    return voice.text(NOT_PRINTABLE.format(n=voice.count(n)))


def _subject(instrument: Instrument, group: CommentGroup, voice: Voice) -> str:
    names = {e.key: e.name for e in instrument.elements}
    if group.unsur is None:
        return voice.say("Tanpa unsur tertentu", "No particular service element")
    return voice.text(names[group.unsur])
