"""When and where a unit is better or worse, with what people said: chance alone is never coloured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from analytics.disclosure import MINIMUM
from survey_app.pages.unit.told import Told
from survey_app.services.ikm.hours import Hour, Week, week_of
from survey_app.services.ikm.places_apart import Family, Group, Kind, families_of
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import cards, links, marks
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, unit_words

NO_HOUR = Text("Kapan: belum ada jam yang jelas berbeda", "When: no hour is clearly different")
LOWER = Text("Kapan: jelas lebih rendah {hours}", "When: clearly lower {hours}")
HIGHER = Text("Kapan: jelas lebih tinggi {hours}", "When: clearly higher {hours}")
AT = Text("{day} pukul {hour}", "{day} at {hour}")
ABOUT_HOURS = Text(
    "Nilai menurut hari dan jam, {first}–{last}, {n} jawaban. Warna penuh hanya bagi jam yang jelas berbeda "
    "dari jam lain. Kosong: kurang dari {least} jawaban.",
    "Scores by day and hour, {first}–{last}, answers: {n}. Full colour only where an hour is clearly "
    "different from the others. Empty: fewer than {least} answers.",
)
NO_HOURS = Text(
    "Kapan: belum cukup jawaban yang diketahui jamnya.", "When: too few answers whose hour is known."
)
CELL = Text("{day} pukul {hour}: {value}, n {n}", "{day} at {hour}: {value}, n {n}")
FEW = Text("kurang dari {least} jawaban", "fewer than {least} answers")
ALIKE = Text("Di mana: belum ada yang jelas berbeda", "Where: nothing is clearly different")
APART = Text("Di mana: jelas lebih rendah di {groups}", "Where: clearly lower in {groups}")
ABOUT_GROUPS = Text(
    "Pita: selang kepercayaan 95%. Garis: batas mutu. {hidden}: disembunyikan karena sedikit orang.",
    "Band: 95% confidence interval. Lines: limits of grades. {hidden}: hidden, as they are few people.",
)
KINDS = {Kind.WAY: Text("Saluran", "Way of answering"), Kind.SERVICE: Text("Layanan", "Service")}
PEOPLE = Text("Kelompok responden", "Groups of respondents")
SAID = Text("Kata warga", "What people say")
COMMENTS = Text("{n} masukan", "comments: {n}")
NOTHING_SAID = Text("Belum ada masukan pada periode ini.", "There are no comments in this period yet.")
TIMES = Text("{n} kali", "{n} times")
_QUOTES = 5


def show(database: Database, told: Told) -> None:
    """Hours and groups for who sees what stays inside, what people said for all."""
    parts = []
    if told.inside:
        parts.append(_week(week_of(database, told.result)))
        parts.append(_groups(told, families_of(database, told.result)))
    st.html(f'<div class="when">{"".join(parts)}{_voices(told)}</div>')


def _week(week: Week | None) -> str:
    if week is None:
        return f"<section><p>{escape(say(NO_HOURS))}</p></section>"
    about = ABOUT_HOURS.format(
        first=week.first, last=week.last, n=numbers.whole(week.n, language()), least=MINIMUM
    )
    hours = sorted({hour for (_, hour), one in week.hours.items() if one.value is not None})
    days = sorted({day for (day, _), one in week.hours.items() if one.value is not None})
    head = "".join(f'<th scope="col">{hour:02}</th>' for hour in hours)
    rows = "".join(
        f'<tr><th scope="row">{escape(say(unit_words.DAYS[day]))}</th>'
        + "".join(_cell(week, day, hour) for hour in hours)
        + "</tr>"
        for day in days
    )
    return (
        f'<section><h2>{escape(_finding(week))}</h2><p class="s">{escape(say(about))}</p><div class="scroll">'
        f'<table class="heat"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _finding(week: Week) -> str:
    clear = {at: h.value for at, h in week.hours.items() if h.clear and h.value is not None}
    for words, found in (
        (LOWER, [at for at, value in clear.items() if value < week.value]),
        (HIGHER, [at for at, value in clear.items() if value > week.value]),
    ):
        if found:
            named = [say(AT.format(day=unit_words.DAYS[d], hour=f"{h:02}")) for d, h in sorted(found)[:3]]
            return say(words.format(hours=", ".join(named)))
    return say(NO_HOUR)


def _cell(week: Week, day: int, hour: int) -> str:
    one = week.hours.get((day, hour), Hour(0, None, clear=False))
    if one.value is None:
        return f'<td class="no" title="{escape(say(FEW.format(least=MINIMUM)))}"></td>'
    lang = language()
    told = say(
        CELL.format(
            day=unit_words.DAYS[day], hour=f"{hour:02}", value=numbers.decimal(one.value, lang, 1), n=one.n
        )
    )
    shown = numbers.decimal(one.value, lang, 0)
    return f'<td class="{_tint(one, week.value)}" title="{escape(told)}">{shown}</td>'


def _tint(one: Hour, value: float) -> str:
    apart = (one.value or 0.0) - value
    if one.clear:
        return "low" if apart < 0 else "high"
    return "h1" if apart < -4 else "h2" if apart < -2 else "h3" if apart < 2 else "h4" if apart < 4 else "h5"


def _groups(told: Told, families: Sequence[Family]) -> str:
    low = [say(unit_words.group_name(g)) for family in families for g in family.groups if g.below]
    title = say(APART.format(groups=", ".join(low))) if low else say(ALIKE)
    known = [g.value for family in families for g in family.groups if g.value is not None]
    ends = [end for value in known if value.interval is not None for end in value.interval]
    scale = marks.Scale.of([*ends, *(value.value or 0.0 for value in known)], told.result.instrument.bands)
    lines = marks.limits_of(told.result.instrument.bands, scale)
    about = say(ABOUT_GROUPS.format(hidden=cards.HIDDEN))
    body = "".join(_family(family, scale) for family in families if family.field is None)
    if people := "".join(_family(family, scale) for family in families if family.field is not None):
        body += f"<details><summary>{escape(say(PEOPLE))}</summary>{people}</details>"
    head = f'<h2>{escape(title)}</h2><p class="s">{escape(about)}</p>'
    return f'<section class="wh" style="{lines}">{head}{body}</section>'


def _family(family: Family, scale: marks.Scale) -> str:
    return f"<h3>{escape(_name(family))}</h3>" + "".join(_group(group, scale) for group in family.groups)


def _name(family: Family) -> str:
    return say(family.field.name if family.field is not None else KINDS[family.kind])


def _group(group: Group, scale: marks.Scale) -> str:
    name = f"<span>{escape(say(unit_words.group_name(group)))}</span>"
    if group.value is None:
        return f'<div class="mr">{name}<span></span><span class="num">{cards.HIDDEN}</span></div>'
    lang = language()
    value = f"<b>{numbers.decimal(group.value.exact, lang, 1)}</b> {escape(group.mutu or '')}"
    n = f'<span class="s">n {numbers.whole(group.n, lang)}</span>'
    interval = f"95%: {numbers.interval(group.value.interval, lang, 1)}"
    drawn = marks.plot(group.value.value, group.value.interval, group.mutu, scale)
    return (
        f'<div class="mr" title="{escape(interval)}">{name}<div class="pl">{drawn}</div>'
        f'<span class="num">{value} {n}</span></div>'
    )


def _voices(told: Told) -> str:
    """What was written most often, in its own words."""
    written = Counter(voice.text for voice in told.voices)
    n = say(COMMENTS.format(n=numbers.whole(len(told.voices), language())))
    quotes = "".join(
        f"<blockquote>“{escape(text)}” {_times(times)}</blockquote>"
        for text, times in written.most_common(_QUOTES)
    )
    where = links.page("/suara", unit=told.result.entry.unit.code, period=told.result.period, lihat="semua")
    more = f'<a class="lk s" href="{escape(where)}" target="_self">{escape(t("Baca semua", "Read all"))}</a>'
    body = quotes + more if written else f"<p>{escape(say(NOTHING_SAID))}</p>"
    head = f'<h2>{escape(say(SAID))} <span class="s">{escape(n)}</span></h2>'
    return f'<section class="cit">{head}{body}</section>'


def _times(times: int) -> str:
    return f'<span class="s">{escape(say(TIMES.format(n=times)))}</span>' if times > 1 else ""
