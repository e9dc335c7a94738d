"""What was changed about the actions of many units, the newest first; filters and page in the address."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from survey_app import days, instruments
from survey_app.pages.tindak_lanjut import form, view, words
from survey_app.reports.unit.follow_up_chapter import STATUS, unsur_name
from survey_app.services.follow_up import history
from survey_app.services.follow_up.actions import Status
from survey_app.services.follow_up.history import Change
from survey_app.services.places.unit_entry import UnitEntry
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import address, links, tables
from survey_app.ui.acting import who
from survey_app.ui.words import language, say, t
from survey_app.wording import audit_words, terms
from survey_app.wording.voice import Voice

VIEW = address.Place(name="tampilan", key="follow-up-view", forgets=("sebelum",))
HISTORY = "riwayat"
LIST, PAST = Text("Daftar", "List"), Text("Riwayat", "History")
TITLE = Text("Riwayat tindak lanjut", "History of follow-up")
NOTHING = Text("Tidak ada perubahan yang cocok.", "No change matches.")
EVERY_STATUS = Text("Semua status", "Every status")
OLDER, NEWEST = Text("Lebih lama", "Older"), Text("Ke yang terbaru", "To the newest")
CLOCK = Text("Waktu menurut jam setiap unit.", "Times are by the clock of each unit.")
#: The row below which a page begins; another filter begins at the newest again.
_BELOW = "sebelum"
_UNSUR = address.Place(name="unsur", key="history-unsur", forgets=(_BELOW,))
_STATUS = address.Place(name="status", key="history-status", forgets=(_BELOW,))


def wanted() -> bool:
    """Whether the history is shown, not the actions as they stand; both can be chosen."""
    return address.pills(t("Tampilan", "View"), {"": say(LIST), HISTORY: say(PAST)}, VIEW) == HISTORY


def choose(entries: Sequence[UnitEntry]) -> tuple[str, Status | None]:
    """The unsur and the status; the first of each are all."""
    refs = sorted({entry.unit.instrument for entry in entries})
    elements = {e.key: e for ref in refs for e in view.all_elements(instruments.get(ref))}
    named = {key: unsur_name([e], key, Voice(language())) for key, e in elements.items()}
    unsur = address.select(say(terms.UNSUR), {"": say(words.EVERY_UNSUR)} | named, _UNSUR)
    statuses = {"": say(EVERY_STATUS)} | {s.value: say(STATUS[s]) for s in Status}
    status = address.select("Status", statuses, _STATUS)
    return unsur, Status(status) if status else None


def show(database: Database, entries: Sequence[UnitEntry], unsur: str, status: Status | None) -> None:
    """A page of what was changed."""
    below = st.query_params.get(_BELOW, "")
    start = int(below) if below.isascii() and below.isdigit() and len(below) <= 18 else None
    found = history.changes(database, who(), entries, unsur, status, start)
    if found.changes:
        columns = [t("Kapan", "When"), "Unit", say(terms.UNSUR), t("Peran", "Role"), "Status"]
        columns.append(t("Yang berubah", "What changed"))
        st.html(tables.cards(columns, [_row(change) for change in found.changes], "past-of"))
        st.caption(say(CLOCK))
    else:
        st.info(say(NOTHING))
    leads = [_lead(NEWEST, None)] if start is not None else []
    leads += [_lead(OLDER, found.older)] if found.older is not None else []
    if leads:
        st.html(f'<p class="turn">{" ".join(leads)}</p>')


def _row(change: Change) -> list[str]:
    unit, registered = change.entry.unit, change.registered
    moment = registered.changed_at.astimezone(ZoneInfo(unit.time_zone))
    action = registered.action
    there = escape(links.action(unit.code, str(registered.id)))
    own = instruments.get(unit.instrument)
    elements = own.elements if action.unsur in own.keys else view.all_elements(own)
    unsur = escape(unsur_name(elements, action.unsur, Voice(language())))
    plan = escape(action.plan or say(view.NO_PLAN))
    return [
        escape(days.short_moment(moment, language())),
        escape(unit.name),
        f'{unsur}<br><a href="{there}" target="_self">{plan}</a>',
        escape(say(audit_words.role(registered.role))),
        escape(say(STATUS[action.status])),
        escape(form.changed_words(change.changed)),
    ]


def _lead(name: Text, below: int | None) -> str:
    here = {key: value for key, value in st.query_params.items() if key not in (_BELOW, "lang")}
    there = escape(links.page("/tindak-lanjut", **here, **{_BELOW: below}))
    return f'<a class="more" href="{there}" target="_self">{escape(say(name))}</a>'
