"""Why a comment stands where it does: the words that decided, to be opened below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from analytics.text import Kind
from survey_app.services.voices.reading import Comment
from survey_app.text import Text
from survey_app.ui.words import say

TITLE = Text("Kata yang menentukan", "Words that decided")
URGENT_WORDS: Mapping[str, Text] = {
    "bribe": Text("uang di luar ketentuan", "money beyond the tariff"),
    "threat": Text("ancaman atau kekerasan", "threat or violence"),
    "harassment": Text("pelecehan", "harassment"),
    "danger": Text("bahaya bagi keselamatan", "danger to life or health"),
    "crime": Text("kejahatan atau penyalahgunaan data", "crime or misuse of data"),
    "discrimination": Text("perlakuan membeda-bedakan", "discrimination"),
    "likely": Text("gabungan kata, belum tentu", "words taken together, not sure"),
}
_ASKED = Text("Permintaan", "Request")
_NUMBER = Text("(angka)", "(number)")


def evidence_html(comment: Comment, names: Mapping[str | None, str], urgent: Text) -> str:
    """What can be opened below a comment; nothing where no word decided.

    Words stand there as the list has them: of a phrase that is turned by a negation, after “tidak”.
    """
    told = "".join(
        f"<li>{escape(what)}: {escape(', '.join(words))}</li>"
        for what, words in _decided(comment, names, urgent)
    )
    return f"<details><summary>{escape(say(TITLE))}</summary><ul>{told}</ul></details>" if told else ""


def _decided(
    comment: Comment, names: Mapping[str | None, str], urgent: Text
) -> Iterator[tuple[str, list[str]]]:
    grouped = comment.grouped
    if grouped is None:
        return
    if grouped.urgent:
        yield say(urgent), [say(URGENT_WORDS[key]) for key in grouped.urgent]
    for key in grouped.unsur:
        hits = [hit for hit in grouped.evidence if hit.unsur == key]
        phrases = (f"{'tidak ' if hit.negated else ''}{_as_read(hit.phrase)}" for hit in hits)
        yield names.get(key, key), [f"“{phrase}”" for phrase in dict.fromkeys(phrases)]
    if grouped.kind is Kind.SUGGESTION and grouped.requests:
        yield say(_ASKED), [f"“{word}”" for word in grouped.requests]


def _as_read(phrase: str) -> str:
    """A phrase of the list, where "9" stands for any number."""
    words = phrase.removeprefix("=").split()
    return " ".join(say(_NUMBER) if word == "9" else word for word in words)
