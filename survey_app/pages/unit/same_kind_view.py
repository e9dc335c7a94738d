"""What units of the same kind do better than this one, and what they did."""

from __future__ import annotations

from html import escape

import streamlit as st

from survey_app.services.disclosure import same_kind
from survey_app.services.disclosure.same_kind import Behind, Better, SameKind
from survey_app.services.ikm.results import UnitResult
from survey_app.services.places.permissions import Action
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import links
from survey_app.ui.acting import who
from survey_app.ui.words import language, say
from survey_app.wording import kind_words
from survey_app.wording.voice import Voice

MORE = Text("Juga jelas lebih baik pada {n} unsur lain", "Also clearly better in other elements: {n}")
SIDE_BY_SIDE = Text("Bandingkan unit sejenis", "Compare units of the same kind")
SET_KIND = Text("Isi jenis layanan di Pengaturan", "Say in the settings which kind it is")
#: Of what one unit did, so much is told.
_DEEDS = 2


def show(database: Database, result: UnitResult) -> None:
    """A sentence, what they did about that unsur, the other unsur folded; nothing for a single service."""
    found = same_kind.of_unit(database, who(), result)
    if found is not None:
        st.html(html(found, result))


def html(found: SameKind, result: UnitResult) -> str:
    voice = Voice(language())
    deeds = _deeds(found.behind[0]) if found.behind else ""
    about = kind_words.about(found, voice)
    below = [f'<p class="s">{escape(about)}</p>'] if about else []
    return (
        f'<section class="alike"><p class="s">{escape(say(kind_words.TITLE))}</p>'
        f"<h2>{escape(kind_words.headline(found, voice))}.</h2>{deeds}{_more(found, voice)}{''.join(below)}"
        f"{_ways(found, result)}</section>"
    )


def _more(found: SameKind, voice: Voice) -> str:
    others = found.behind[1:]
    if not others:
        return ""
    parts = "".join(f"<p>{escape(kind_words.better(one, voice))}.</p>{_deeds(one)}" for one in others)
    return (
        f"<details><summary>{escape(say(MORE.format(n=voice.count(len(others)))))}</summary>{parts}</details>"
    )


def _deeds(behind: Behind) -> str:
    """What the better units did, each with its name."""
    told = [one for one in behind.better if one.did]
    if not told:
        return f'<p class="s">{escape(say(kind_words.NOTHING_DONE))}</p>'
    rows = "".join(
        f"<li>{_name(one)}: {escape(' · '.join(say(deed) for deed in one.did[:_DEEDS]))}</li>" for one in told
    )
    return (
        f"<p><b>{escape(say(kind_words.DID))}</b></p><ul>{rows}</ul>"
        f'<p class="s">{escape(say(kind_words.NOT_ITS_EFFECT))}</p>'
    )


def _name(one: Better) -> str:
    """A way to the unit's page, where that is theirs who read."""
    name, code = escape(one.entry.unit.name), one.entry.unit.code
    if one.outside:
        return name
    return f'<a class="lk" href="{escape(links.result(code), quote=True)}" target="_self">{name}</a>'


def _ways(found: SameKind, result: UnitResult) -> str:
    """To where its kind is said, for who may, or to those of its kind side by side."""
    to, name = "", SIDE_BY_SIDE
    if found.kind is None or not found.others:
        if who().may(Action.MANAGE_UNIT):
            to, name = links.settings(result.entry.unit.code), SET_KIND
    elif found.compared > found.outside:
        to = links.page("/perbandingan", kind=found.kind, period=str(result.period))
    if not to:
        return ""
    return f'<p><a class="lk" href="{escape(to, quote=True)}" target="_self">{escape(say(name))}</a></p>'
