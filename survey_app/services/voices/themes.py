"""What people complain about most in a month, in one voice each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analytics import Period
from analytics.disclosure import MINIMUM
from analytics.text import Kind
from survey_app import instruments
from survey_app.services.places.scope import Scope
from survey_app.services.voices.reading import Comment, Heard, newest, of_enough
from survey_app.storage.database import Database
from survey_app.text import Text

#: Longer words are no quote but a letter: where there are shorter ones, they are quoted.
_SHORT = 110


@dataclass(frozen=True, kw_only=True)
class Theme:
    """An unsur that people wrote about.

    Attributes:
        kinds: comments by kind: complaints, suggestions, praise, those of no kind left out. For who does not
            see what stays inside, kinds of fewer than `disclosure.MINIMUM` are left out too.
        quote: what is said most often among the most frequent kind, as it may leave the office; None where
            nothing may be quoted.
        times: how often it is said, in these words; None where it may not be told, as it is by few.
        earlier: complaints in the month before; None where that month was not read in full, or they are few.
    """

    unsur: str
    name: Text
    kinds: tuple[tuple[Kind, int], ...]
    quote: str | None
    times: int | None
    earlier: int | None

    @property
    def count(self) -> int:
        return sum(n for _, n in self.kinds)

    @property
    def complaints(self) -> int:
        return dict(self.kinds).get(Kind.COMPLAINT, 0)


@dataclass(frozen=True, kw_only=True)
class Month:
    """What was said in a month.

    Attributes:
        total: comments in all.
        read: how many of them, the newest, the themes stand on.
        themes: those with the most complaints first.
    """

    month: Period
    total: int
    read: int
    themes: tuple[Theme, ...]


def of_month(database: Database, scope: Scope, month: Period, count: int = 3, *, inside: bool) -> Month:
    """The `count` unsur with the most complaints of a scope in `month`.

    Args:
        inside: read by somebody who sees what stays inside; else without units, and kinds, of few comments.
    """
    heard, before = (newest(database, scope, period) for period in (month, month.shift(-1)))
    if not inside:
        heard, before = of_enough(heard), of_enough(before)
    fewest = 1 if inside else MINIMUM
    return Month(
        month=month,
        total=heard.total,
        read=len(heard.voices),
        themes=themes(heard.voices, before, count, fewest),
    )


def themes(heard: Sequence[Comment], before: Heard, count: int, fewest: int) -> tuple[Theme, ...]:
    """The `count` unsur with the most complaints, of those that are named at all.

    Args:
        before: the month before, for the complaints there.
        fewest: comments of a kind without which neither its number nor its words are told; of the same words
            without which it is not told how often they are said.
    """
    by_unsur: dict[str, list[Comment]] = {}
    for voice in heard:
        for key in voice.unsur:
            by_unsur.setdefault(key, []).append(voice)
    earlier = Counter(key for v in before.voices if v.kind is Kind.COMPLAINT for key in v.unsur)
    found = [
        _theme(key, voices, earlier[key] if before.complete else 0, fewest)
        for key, voices in by_unsur.items()
    ]
    told = [theme for theme in found if theme.kinds]
    return tuple(sorted(told, key=lambda t: (-t.complaints, -t.count, t.unsur))[:count])


def _theme(key: str, voices: Sequence[Comment], earlier: int, fewest: int) -> Theme:
    often = Counter(voice.kind for voice in voices if voice.kind is not None)
    kinds = tuple((kind, often[kind]) for kind in _ORDER if often[kind] >= fewest)
    quoted = max(kinds, key=lambda pair: pair[1], default=(None, 0))[0]
    quote, times = _quote([voice.text for voice in voices if voice.kind is quoted])
    return Theme(
        unsur=key,
        name=_name(key, voices),
        kinds=kinds,
        quote=quote,
        times=times if times >= fewest else None,
        earlier=earlier if earlier >= fewest else None,
    )


_ORDER = (Kind.COMPLAINT, Kind.SUGGESTION, Kind.PRAISE)


def _quote(texts: Sequence[str]) -> tuple[str | None, int]:
    """What is said most often, and how often: capitals, blanks and stops make no other words."""
    if not texts:
        return None, 0
    same = Counter(_plain(text) for text in texts)
    words, times = min(same.items(), key=lambda pair: (-pair[1], len(pair[0]) > _SHORT, pair[0]))
    return min(text for text in texts if _plain(text) == words), times


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _name(key: str, voices: Sequence[Comment]) -> Text:
    """As the questionnaire of one of those who wrote calls it."""
    forms = (instruments.find(voice.entry.unit.instrument) for voice in voices)
    names = (e.name for form in forms if form is not None for e in form.elements if e.key == key)
    return next(names, Text(key, key))
