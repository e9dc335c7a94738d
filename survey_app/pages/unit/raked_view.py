"""The official index beside the one in which users of every kind count by how many of them there are."""

from __future__ import annotations

import streamlit as st

from analytics.disclosure import MINIMUM
from analytics.ikm import Estimate
from survey_app.services.ikm.raked import MOST_OPEN, ProfileOption, RakedIndex, Unused, raked_index
from survey_app.services.ikm.results import UnitResult
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import cards, tables
from survey_app.ui.plain import plain
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, terms
from survey_app.wording.reasons import reason_text
from survey_app.wording.voice import Voice

OFFICIAL = Text("Resmi: setiap responden berbobot sama", "Official: every respondent counts the same")
WEIGHTED = Text("Ditimbang menurut {names}", "Weighted by {names}")
SERVICES = Text("jumlah pengguna layanan", "users of each service")
DESIGN_EFFECT = Text(
    "Efek desain {deff}: ketelitian dari {n} responden setara dengan {effective} responden yang tersebar "
    "seperti pengguna layanan.",
    "Design effect {deff}: {n} respondents give the precision of {effective} spread as the users are.",
)
SOME_LEFT_OPEN = Text(
    "Sebagian responden tidak mengisi profil yang dipakai. Mereka ikut dalam nilai resmi, tidak dalam nilai "
    "yang ditimbang.",
    "Some respondents left a field open that is used. They count in the official score, and not in the "
    "weighted one.",
)
LEFT_OPEN = Text(
    "{n} responden tidak mengisi profil yang dipakai. Mereka ikut dalam nilai resmi, tidak dalam nilai yang "
    "ditimbang.",
    "{n} respondents left a field open that is used. They count in the official score, and not in the "
    "weighted one.",
)
TOGETHER = Text(
    "{name}: {options} dihitung sebagai satu golongan karena ada yang respondennya kurang dari {least}.",
    "{name}: {options} count as one group because fewer than {least} of some of them answered.",
)
EMPTY = Text(
    "Tanpa jawaban yang mengisi profil yang dipakai, sehingga tidak terwakili: {names}.",
    "Without answers that fill in the fields used, so not represented: {names}.",
)
UNUSED = {
    Unused.LEFT_OPEN: Text(
        "{name} tidak dipakai karena lebih dari {most} responden tidak mengisinya.",
        "{name} is not used because more than {most} of the respondents left it open.",
    ),
    Unused.NOBODY_SERVED: Text(
        "{name} tidak dipakai karena ada responden dari golongan yang jumlah pengguna layanannya dicatat 0. "
        "Perbaiki di Pengaturan.",
        "{name} is not used because somebody answered of a group with 0 recorded users. Correct it in "
        "Settings.",
    ),
    Unused.FEW: Text(
        "{name} tidak dipakai karena responden sebagian golongannya terlalu sedikit: nilai yang ditimbang "
        "akan menunjukkan jawaban kurang dari {least} orang.",
        "{name} is not used because too few answered of some of its groups: the weighted score would show "
        "the answers of fewer than {least} people.",
    ),
}
WHY = Text(
    "Nilai resmi tidak berubah. Selisih keduanya menunjukkan seberapa besar pengaruh golongan yang lebih "
    "jarang menjawab.",
    "The official score does not change. How far the two are apart shows how much it matters that some "
    "groups answer less often.",
)


def show(database: Database, result: UnitResult) -> None:
    """Nothing unless the users of a profile field are recorded."""
    raked = raked_index(database, result)
    if raked is None:
        return
    st.header(t("Menurut profil pengguna layanan", "By the profile of the users"), anchor=False)
    if raked.fields:
        _show_values(result, raked)
    voice = Voice(language())
    for options in raked.together:
        names = voice.enumerate([_name(option) for option in options])
        words = TOGETHER.format(name=options[0].field.name, options=names, least=MINIMUM)
        st.caption(plain(say(words)))
    if raked.empty:
        st.caption(plain(say(EMPTY.format(names=voice.enumerate([_name(e) for e in raked.empty])))))
    for field, why in raked.unused:
        words = UNUSED[why].format(
            name=field.name, most=numbers.percent(MOST_OPEN, language()), least=MINIMUM
        )
        st.caption(plain(say(words)))


def _show_values(result: UnitResult, raked: RakedIndex) -> None:
    lang, voice = language(), Voice(language())
    by = [*([say(SERVICES)] if raked.by_service else []), *(say(f.name).lower() for f in raked.fields)]
    rows = [
        (name, numbers.decimal(e.exact, lang), numbers.interval(e.interval, lang), n)
        for name, e, n in (
            (say(OFFICIAL), Estimate.of(result.score), numbers.whole(result.score.n, lang)),
            (
                say(WEIGHTED.format(names=voice.enumerate(by))),
                raked.index,
                # Beside the respondents by profile it would tell a number that is hidden there.
                cards.HIDDEN if raked.counts_hidden else numbers.whole(raked.n, lang),
            ),
        )
    ]
    columns = [
        t("Cara", "Method"),
        say(terms.index_name(result.instrument)),
        t("Selang 95%", "95% interval"),
        "n",
    ]
    st.html(tables.table(columns, rows, numeric=3))
    if raked.index.interval is None and raked.index.reason is not None:
        st.caption(plain(say(reason_text(raked.index.reason))))
    if raked.index.exact is not None:
        st.caption(say(WHY))
    if raked.index.exact is not None and not raked.counts_hidden:
        said = DESIGN_EFFECT.format(
            deff=numbers.decimal(raked.design_effect, lang),
            n=numbers.whole(raked.n, lang),
            effective=numbers.decimal(raked.effective_n, lang, 0),
        )
        st.caption(say(said))
    if raked.left_open:
        words = SOME_LEFT_OPEN if raked.counts_hidden else LEFT_OPEN
        st.caption(say(words.format(n=numbers.whole(raked.left_open, lang))))


def _name(empty: str | ProfileOption) -> str:
    if isinstance(empty, str):
        return empty
    labels = {option.key: option.label for option in empty.field.options}
    return say(labels[empty.key])
