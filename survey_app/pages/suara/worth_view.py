"""What the counts of comments are worth, as a table below the chart: one click."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import streamlit as st

from analytics.text import ENOUGH, Kind, Share, Unknown, Worth
from survey_app.pages.suara import view
from survey_app.services.voices.auditing import SIZE
from survey_app.services.voices.worth import CountsWorth, Whose
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.tables import Cell, Noted
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers

TITLE = Text("Seberapa tepat hitungan ini?", "How accurate are these counts?")
NOT_KNOWN = Text(
    "Ketepatan hitungan belum diketahui. Baru {n} masukan diperiksa; perlu {enough}.",
    "How accurate the counts are is not known yet. Comments checked: {n}; needed: {enough}.",
)
CHOOSE = Text(
    "Pilih “Pemeriksaan” di atas untuk memeriksa {size} masukan, sekitar lima menit.",
    "Choose “Check” above to check {size} comments, about five minutes.",
)
WHOSE: Mapping[Whose, Text] = {
    Whose.OWN: Text("Menurut {n} masukan yang diperiksa.", "By {n} comments that were checked."),
    Whose.PARTS: Text(
        "Menurut {n} masukan yang diperiksa di sebagian unit. Perkiraan jumlah memerlukan pemeriksaan atas "
        "seluruh lingkup ini.",
        "By {n} comments that were checked at some of the units. The likely number needs a check of this "
        "whole scope.",
    ),
    Whose.AGENCY: Text(
        "Menurut {n} masukan yang diperiksa pada instansi yang sama, {own} di antaranya dari unit ini. "
        "Ketepatan di unit ini dapat berbeda. Perkiraan jumlah memerlukan {enough} masukan dari unit ini.",
        "By {n} comments that were checked at units of the same agency, of which {own} here. It may be "
        "otherwise at this unit. The likely number needs {enough} comments of this unit.",
    ),
    Whose.PROVINCE: Text(
        "Menurut {n} masukan yang diperiksa di seluruh provinsi, {own} di antaranya dari sini. Ketepatan di "
        "sini dapat berbeda. Perkiraan jumlah memerlukan {enough} masukan dari sini.",
        "By {n} comments that were checked in the whole province, of which {own} here. It may be otherwise "
        "here. The likely number needs {enough} comments from here.",
    ),
}
LIKELY = Text(
    "{name}: {n} menurut kata; diperkirakan {low}–{high} setelah {judged} masukan diperiksa.",
    "{name}: {n} by words; likely {low}–{high} after {judged} comments were checked.",
)
MEANING = Text(
    "Tepat: bagian dari masukan di kelompok ini yang menurut pembaca memang tentang itu. Terlewat: bagian "
    "dari masukan tentang itu yang tidak masuk kelompok ini. Rentang di bawahnya: selang kepercayaan 95%. "
    "Grafik tetap menampilkan hitungan menurut kata.",
    "Right: of the comments in this group, the share that a reader too finds to be about it. Missed: of the "
    "comments about it, the share that is not in this group. The range below: 95% confidence interval. The "
    "chart still shows the counts by words.",
)
WHY: Mapping[Unknown, Text] = {
    Unknown.JUDGED: Text("terlalu sedikit", "too few"),
    Unknown.FOUND: Text("baru {n} diperiksa", "checked: {n}"),
    Unknown.MEANT: Text("baru {n} ditemukan", "found: {n}"),
    Unknown.NONE: Text("tidak ada", "none"),
}
_KINDS = {
    Kind.COMPLAINT: Text("Keluhan", "Complaints"),
    Kind.SUGGESTION: Text("Saran", "Suggestions"),
    Kind.PRAISE: Text("Pujian", "Praise"),
}


def show(worth: CountsWorth, names: Mapping[str | None, str], *, may_check: bool) -> None:
    """The table and whose comments were judged for it; or how many are missing, and where to check some."""
    with st.expander(say(TITLE)):
        if worth.whose is None:
            told = say(NOT_KNOWN.format(n=_whole(worth.judged), enough=ENOUGH))
            st.markdown(f"{told} {say(CHOOSE.format(size=SIZE))}" if may_check else told)
            return
        whose = WHOSE[worth.whose].format(n=_whole(worth.judged), own=_whole(worth.own), enough=ENOUGH)
        st.markdown(say(whose))
        if sentence := _most(worth, names):
            st.markdown(f"**{sentence}**")
        columns = [
            t("Kelompok", "Group"),
            t("Hitungan", "Count"),
            t("Tepat", "Right"),
            t("Terlewat", "Missed"),
            t("Perkiraan jumlah", "Likely number"),
        ]
        rows = [_row(name, of) for name, of in _groups(worth, names)]
        st.html(tables.table(columns, rows, numeric=4))
        st.caption(say(MEANING))


def _groups(worth: CountsWorth, names: Mapping[str | None, str]) -> Iterator[tuple[str, Worth]]:
    """What was given to comments or by readers; what neither names has no line."""
    for key, of in worth.unsur.items():
        if of.counted or of.recall.of:
            yield names.get(key, key), of
    for kind, of in worth.kinds.items():
        if of.counted or of.recall.of:
            yield say(_KINDS[kind]), of
    if worth.urgent is not None and (worth.urgent.counted or worth.urgent.recall.of):
        yield say(view.URGENT), worth.urgent


def _most(worth: CountsWorth, names: Mapping[str | None, str]) -> str:
    """Of the unsur that most comments name, in one sentence."""
    known = [(of.counted, key, of.likely) for key, of in worth.unsur.items() if of.counted and of.likely]
    if not known:
        return ""
    count, key, likely = max(known)
    low, _, high = (_whole(end) for end in likely or (0, 0, 0))
    told = LIKELY.format(
        name=names.get(key, key), n=_whole(count), low=low, high=high, judged=_whole(worth.judged)
    )
    return say(told)


def _row(name: str, of: Worth) -> list[Cell]:
    likely = numbers.UNDEFINED
    if of.likely is not None:
        low, _, high = of.likely
        likely = _whole(low) if low == high else f"{_whole(low)}–{_whole(high)}"
    return [
        name,
        _whole(of.counted),
        _share(of.precision, missed=False),
        _share(of.recall, missed=True),
        likely,
    ]


def _share(share: Share, *, missed: bool) -> Cell:
    if share.value is None or share.low is None or share.high is None:
        reason = WHY[share.reason or Unknown.JUDGED].format(n=share.of)
        return Noted(numbers.UNDEFINED, say(reason))
    value, low, high = share.value, share.low, share.high
    if missed:
        value, low, high = 1 - value, 1 - high, 1 - low
    ends = f"{numbers.percent(low, language())}–{numbers.percent(high, language())}"
    return Noted(numbers.percent(value, language()), ends)


def _whole(count: int) -> str:
    return numbers.whole(count, language())
