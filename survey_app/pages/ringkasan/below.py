"""What citizens say in the month, and what the best have done."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.text import Kind
from survey_app.services.briefing.briefing import Briefing
from survey_app.services.follow_up.practice import Done
from survey_app.services.province.summary import Change
from survey_app.services.voices.themes import Month, Theme
from survey_app.ui import links, marks
from survey_app.ui.words import language, say
from survey_app.wording import briefing_words, numbers, periods
from survey_app.wording.voice import Voice

#: The class of each kind.
_KINDS = {Kind.COMPLAINT: "k", Kind.SUGGESTION: "sr", Kind.PRAISE: "pj"}


def html(shown: Briefing) -> str:
    """Both, side by side where there is room."""
    return f'<div class="sum-low">{_said(shown.said)}{_best(shown)}</div>'


def _said(month: Month) -> str:
    """Three themes at most, each with its comments by kind and one of them in its own words."""
    voice = Voice(language())
    title, read = briefing_words.most(month, voice), briefing_words.read(month, voice)
    legend = "".join(
        f'<i class="kk {kind}"></i>{escape(say(briefing_words.KINDS[of]))} ' for of, kind in _KINDS.items()
    )
    listed = "".join(_theme(theme, month) for theme in month.themes)
    more = links.page("/suara", period=month.month, lihat="semua")
    return (
        f'<section class="sum-said"><h2><a href="{escape(more)}" target="_self">{escape(title)}</a> '
        f'<span class="s">{escape(read)} {legend}</span></h2>'
        f'<div class="sum-themes">{listed}</div></section>'
    )


def _theme(theme: Theme, month: Month) -> str:
    lang = language()
    said = ", ".join(f"{numbers.whole(n, lang)} {say(briefing_words.KINDS[kind])}" for kind, n in theme.kinds)
    bar = "".join(
        f'<i class="{_KINDS[kind]}" style="flex:{n}">{numbers.whole(n, lang)}</i>' for kind, n in theme.kinds
    )
    quote = ""
    if theme.quote:
        often = briefing_words.times(theme, Voice(lang))
        quote = f'<blockquote>“{escape(theme.quote)}” <span class="s">{escape(often)}</span></blockquote>'
    note = ""
    if theme.earlier is not None:
        before = periods.name(month.month.shift(-1), lang)
        words = say(briefing_words.EARLIER.format(n=numbers.whole(theme.earlier, lang), month=before))
        note = f'<p class="s sum-note">{escape(words)}</p>'
    name = escape(say(theme.name))
    count = say(briefing_words.COMMENTS.format(n=numbers.whole(theme.count, lang)))
    return (
        f'<div><p class="sum-th"><b title="{name}">{name}</b><span class="s">{escape(count)}</span></p>'
        f'<div class="sum-bar" role="img" aria-label="{escape(said)}">{bar}</div>{quote}{note}</div>'
    )


def _best(shown: Briefing) -> str:
    voice = Voice(language())
    rows = "".join(_risen(change, done, shown, voice) for change, done in shown.best)
    title = briefing_words.best(shown, voice)
    note = f'<p class="s sum-key">{escape(briefing_words.what_it_means(shown, voice))}</p>' if rows else ""
    return f'<section class="sum-best"><h2>{escape(title)}</h2>{rows}{note}</section>'


def _risen(change: Change, done: Sequence[Done] | None, shown: Briefing, voice: Voice) -> str:
    unit, score = change.result.entry.unit, change.result.score
    was = briefing_words.was(change, shown.since, voice)
    what = briefing_words.done(change, done, voice)
    now = marks.graded(numbers.decimal(score.exact, voice.language), score.mutu)
    moved = numbers.signed(change.difference.value, voice.language)
    address = links.result(unit.code, shown.summary.period)
    return (
        f'<div class="sum-risen"><div><a href="{escape(address)}" target="_self">'
        f"<b>{escape(unit.name)}</b></a>"
        f'<p class="s" title="{escape(what)}">{escape(what)}</p></div>'
        f'<div class="sum-moved"><span class="num">{escape(was)} → {now}</span>'
        f'<span class="sum-up">{escape(moved)}</span></div></div>'
    )
