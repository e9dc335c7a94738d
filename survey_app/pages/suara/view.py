"""Comments on screen: counts by unsur and kind first, then the words themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from analytics import Period
from analytics.text import Kind
from survey_app import days, instruments
from survey_app.pages.suara import worth_view
from survey_app.pages.suara.chart import voices_chart
from survey_app.pages.suara.evidence import evidence_html
from survey_app.pages.suara.triage_words import HANDLE, MAKE_ACTION
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import DEFAULT_INSTRUMENT
from survey_app.services.places.permissions import Action
from survey_app.services.voices.reading import Comment, Heard, by_month, counts
from survey_app.services.voices.worth import CountsWorth
from survey_app.text import Text
from survey_app.ui import address, layout, links
from survey_app.ui.acting import who
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods, terms

KINDS: dict[Kind | None, Text] = {
    Kind.COMPLAINT: Text("Keluhan", "Complaint"),
    Kind.SUGGESTION: Text("Saran", "Suggestion"),
    Kind.PRAISE: Text("Pujian", "Praise"),
    None: Text("Lainnya", "Other"),
}
#: Found by words, so one may be missing and another too much: it says look, not that it is so.
URGENT = Text("Perlu segera dilihat", "To be looked at soon")
_URGENT = "!"
_PAGE = 50
NONE = Text("Belum ada masukan pada periode ini.", "There are no comments in this period.")
LIMIT = Text(
    "Periode ini memiliki {all} masukan. Halaman ini hanya menampilkan, menghitung, dan mencari dalam "
    "{n} masukan terbaru. Untuk melihat semuanya, pilih instansi, unit, atau periode yang lebih pendek.",
    "This period has {all} comments. This page shows, counts and searches only the newest {n}. To see "
    "all of them, choose an agency, a unit or a shorter period.",
)
COUNTED = Text("{n} dari {all} masukan", "Comments: {n} of {all}")
EVERY = Text("Semua masukan", "All comments")

_SEARCH = address.Place(name="cari", key="voices-search")
_UNSUR = address.Place(name="unsur", key="voices-unsur")
_KIND = address.Place(name="jenis", key="voices-kind")
_TAB = address.Place(name="tab", key="voices-tab")


def show(all_of_it: Heard, worth: CountsWorth | None, *, may_check: bool) -> None:
    """The chart and what its counts are worth, the filters, and the comments that pass them, newest first.

    `may_check`: whether the reader is offered the check that tells what they are worth.
    """
    heard = all_of_it.voices
    if not heard:
        st.markdown(say(NONE))
        return
    names = unsur_names()
    by = {"unsur": t("Menurut unsur", "By service element"), "bulan": t("Menurut bulan", "By month")}
    tabs = address.tabs(by, _TAB)
    with tabs["unsur"]:
        layout.show(voices_chart(counts(heard), names, KINDS, language()), "voices")
    with tabs["bulan"]:
        _show_months(all_of_it)
    if not all_of_it.complete:
        _explain_limit(all_of_it)
    if worth is not None:
        worth_view.show(worth, names, may_check=may_check)
    comments = _filtered(heard, names)
    total = say(COUNTED.format(n=_count(comments), all=_count(heard)))
    st.markdown(f"**{total}**")
    shown = comments[: st.session_state.get("voices-shown", _PAGE)]
    st.html(f'<div class="voices">{"".join(_card(v, names) for v in shown)}</div>')
    if len(comments) > len(shown):
        st.button(t("Tampilkan lebih banyak", "Show more"), on_click=_show_more, args=(len(shown) + _PAGE,))
    st.caption(
        t(
            "Nomor dan alamat pribadi dihapus, nama orang disamarkan. Masukan dikelompokkan menurut "
            "daftar kata yang dapat dilihat siapa pun.",
            "Personal numbers and addresses are taken out, names are masked. "
            "Grouping uses a word list that anyone can read.",
        )
    )


def choose_reader(acting: Acting) -> Acting | None:
    """Who reads the names too: whoever may act on them and asks for it. A page is also shown to a meeting."""
    if not acting.may(Action.SEE_INSIDE):
        return None
    asked = st.toggle(
        t("Tampilkan nama orang", "Show names of people"),
        key="voices-names",
        help=t(
            "Untuk menindaklanjuti keluhan. Di laporan dan berkas, nama selalu disamarkan.",
            "To act on a complaint. In reports and files, names are always masked.",
        ),
    )
    return acting if asked else None


def _show_months(heard: Heard) -> None:
    """By kind where every comment was read; else all of them, which the database counts."""
    if heard.complete:
        monthly, kinds = by_month(heard.voices), KINDS
    else:
        monthly = {(month, None): count for month, count in heard.by_month.items()}
        kinds = {None: EVERY}
    layout.show(voices_chart(monthly, _month_names(monthly), kinds, language()), "voices-months")


def _explain_limit(heard: Heard) -> None:
    st.info(say(LIMIT.format(all=numbers.whole(heard.total, language()), n=_count(heard.voices))))


def unsur_names() -> dict[str | None, str]:
    """Unsur by key as they are shown; None is a comment that names no unsur."""
    elements = instruments.get(DEFAULT_INSTRUMENT).elements
    names: dict[str | None, str] = {e.key: f"{e.number} {say(e.name)}" for e in elements}
    return names | {None: t("Umum", "General")}


def _month_names(monthly: Iterable[tuple[int, Kind | None]]) -> dict[int, str]:
    months = sorted({month for month, _ in monthly})
    return {m: periods.name(Period.of_month(m), language()) for m in months}


def _filtered(heard: Sequence[Comment], names: dict[str | None, str]) -> list[Comment]:
    words, unsur, kind = st.columns([2, 1, 1])
    with words:
        search = address.text(t("Cari kata", "Search"), _SEARCH).casefold()
    with unsur:
        unsur_names = {key: _unsur_label(key, names) for key in ("", *(k or "-" for k in names))}
        key = address.select(say(terms.UNSUR), unsur_names, _UNSUR, labelled=True)
    with kind:
        kinds = {key: _kind_label(key) for key in ("", _URGENT, *(k or "-" for k in KINDS))}
        chosen = address.select(t("Jenis", "Kind"), kinds, _KIND, labelled=True)
    return [
        v
        for v in heard
        if search in v.text.casefold() and key in ("", *(v.unsur or ("-",))) and _is_chosen(v, chosen)
    ]


def _is_chosen(voice: Comment, chosen: str) -> bool:
    return voice.urgent if chosen == _URGENT else chosen in ("", voice.kind or "-")


def _unsur_label(key: str, names: dict[str | None, str]) -> str:
    return t("Semua", "All") if key == "" else names[None if key == "-" else key]


def _kind_label(key: str) -> str:
    if key == _URGENT:
        return say(URGENT)
    return t("Semua", "All") if key == "" else say(KINDS[None if key == "-" else Kind(key)])


def _show_more(count: int) -> None:
    st.session_state["voices-shown"] = count


def _count(comments: Sequence[Comment]) -> str:
    return numbers.whole(len(comments), language())


def _card(voice: Comment, names: dict[str | None, str]) -> str:
    tags = [say(URGENT)] if voice.urgent else []
    tags += [say(KINDS[voice.kind])] if voice.kind else []
    tags += [names.get(key, key) for key in voice.unsur]
    chips = "".join(f"<span>{escape(tag)}</span>" for tag in tags)
    month = days.short_month(voice.local, language())
    place = f"{escape(voice.entry.unit.name)} · {month}"
    footer = f"<footer>{chips}<small>{place}</small></footer>"
    why = evidence_html(voice, names, URGENT)
    return f"<article><p>{escape(voice.text)}</p>{footer}{why}{_onward(voice)}</article>"


def _onward(voice: Comment) -> str:
    """For who may act: of a complaint to its case, of anything else that names an unsur to its proposal."""
    if not who().may(Action.CHANGE_FOLLOW_UP):
        return ""
    if voice.urgent or voice.kind is Kind.COMPLAINT:
        to, name = links.complaint(voice.entry.unit.code, voice.seq), HANDLE
    elif voice.unsur:
        quarter = Period.containing(voice.local.date(), "quarter")
        to, name = links.proposed(voice.entry.unit.code, voice.unsur[0], quarter), MAKE_ACTION
    else:
        return ""
    return f'<a class="on" href="{escape(to)}" target="_self">{escape(say(name))}</a>'
