"""Writing follow-up actions: choosing one, changing it, adding another, and reading how it came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from survey_app import days, instruments
from survey_app.pages.tindak_lanjut import view
from survey_app.reports.unit.follow_up_chapter import STATUS, unsur_name
from survey_app.services.follow_up import actions, plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.follow_up.plans import Registered
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action as May
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import acting, address, tables
from survey_app.ui.words import language, say, t
from survey_app.wording import periods
from survey_app.wording.voice import Voice

#: How many quarters ahead an action may be due.
_AHEAD = 8
PLAN = Text("rencana", "plan")
RESPONSIBLE = Text("penanggung jawab", "responsible")
CREATED = Text("dibuat", "created")
SAVE = Text("Simpan", "Save")
PLAN_FIELD = Text("Rencana (program/kegiatan)", "Plan (programme/activity)")
RESPONSIBLE_FIELD = Text("Penanggung jawab (jabatan)", "Position responsible")


def show(database: Database, entry: UnitEntry, register: Sequence[Registered], now: datetime) -> None:
    """Choose an action, and its form; its revisions below."""
    if not register:
        return
    may_change = acting.who().may(May.CHANGE_FOLLOW_UP)
    title = (
        t("Ubah tindakan", "Change an action") if may_change else t("Riwayat tindakan", "History of actions")
    )
    st.header(title, anchor=False)
    known = {str(r.id): r for r in reversed(register)}
    names = {key: _name(entry, r) for key, r in known.items()}
    place = address.Place(name="tindakan", key=f"action-{entry.unit.code}")
    chosen = address.select(t("Tindakan", "Action"), names, place, labelled=True)
    registered = known[chosen]
    if may_change:
        _change(database, entry, registered, now)
    else:
        _history(database, entry, registered.id)


def _change(database: Database, entry: UnitEntry, registered: Registered, now: datetime) -> None:
    action = _form(registered)
    if action is not None:
        acting.act(lambda: _save(database, entry, registered, action, now), t("Tersimpan.", "Saved."))
    with st.container(horizontal=True):
        if registered.action.evidence.startswith(("https://", "http://")):
            st.link_button(t("Buka bukti", "Open the evidence"), registered.action.evidence)
        _another(database, entry, registered.action, now)
    with st.expander(t("Riwayat perubahan", "History")):
        _history(database, entry, registered.id)


def _another(database: Database, entry: UnitEntry, action: Action, now: datetime) -> None:
    if st.button(t("Tindakan lain untuk unsur ini", "Another action on this service element"), key="another"):
        other = Action(period=action.period, unsur=action.unsur)
        code = entry.unit.code
        added = t(
            "Konsep baru ditambahkan ke daftar tindak lanjut.", "A new draft has been added to the register."
        )
        acting.act(lambda: plans.add(database, acting.who(), code, other, now), added)


def _form(registered: Registered) -> Action | None:
    """The fields, filled with what stands; the action once it is to be saved."""
    known, revision = registered.action, f"{registered.id}-{registered.revision}"
    with st.form(f"follow-up-{revision}", border=True):
        plan = st.text_area(say(PLAN_FIELD), known.plan, max_chars=actions.PLAN_MAX)
        who, when, how_far = st.columns(3)
        responsible = who.text_input(
            say(RESPONSIBLE_FIELD),
            known.responsible,
            max_chars=actions.RESPONSIBLE_MAX,
            placeholder=t("Kepala Seksi Pelayanan", "Head of the service section"),
            help=t("Jabatan, bukan nama orang.", "A position, never a person's name."),
        )
        with when:
            due = _due(known)
        status = Status(
            how_far.selectbox(
                "Status",
                [s.value for s in Status],
                index=list(Status).index(known.status),
                format_func=lambda s: say(STATUS[Status(s)]),
            )
        )
        done = st.text_area(
            t("Realisasi", "What was done"), known.realisation, max_chars=actions.REALISATION_MAX, height=80
        )
        evidence = st.text_input(
            t("Bukti: tautan atau keterangan dokumentasi", "Evidence: link or where the documentation is"),
            known.evidence,
            max_chars=actions.EVIDENCE_MAX,
        )
        pair, published = _pair_fields(known)
        if not st.form_submit_button(say(SAVE), type="primary"):
            return None
    return replace(
        known,
        plan=plan,
        responsible=responsible,
        due=due,
        status=status,
        realisation=done,
        evidence=evidence,
        pair=pair,
        published=published,
    )


def _pair_fields(known: Action) -> tuple[Pair, bool]:
    st.markdown(
        t(
            "**Untuk umum**: tampil di anjungan survei dan halaman publik setelah tindakan selesai.",
            "**For the public**: shown on kiosks and the public page once the action is done.",
        )
    )
    indonesian, english = st.columns(2)
    said_id = _sentence(indonesian, "Masukan Anda", known.pair.said.id)
    mended_id = _sentence(indonesian, "Perbaikan kami", known.pair.mended.id)
    said_en = _sentence(english, "You said (English)", known.pair.said.en)
    mended_en = _sentence(english, "We did (English)", known.pair.mended.en)
    published = st.checkbox(t("Tampilkan kepada umum", "Show it to the public"), known.published)
    return Pair(Text(said_id, said_en), Text(mended_id, mended_en)), published


def _sentence(column: st.delta_generator.DeltaGenerator, label: str, value: str) -> str:
    return column.text_input(label, value, max_chars=actions.SENTENCE_MAX)


def _due(known: Action) -> Period | None:
    """One of the coming quarters, the one that stands, or none."""
    current = Period.containing(runtime.today(), "quarter")
    offered = [current.shift(i) for i in range(_AHEAD)]
    if known.due is not None and known.due not in offered:
        offered = [known.due, *offered]
    names = {"": t("belum ditentukan", "not set")} | {str(q): periods.name(q, language()) for q in offered}
    first = "" if known.due is None else str(known.due)
    chosen = st.selectbox(
        t("Waktu (triwulan)", "When (quarter)"),
        list(names),
        index=list(names).index(first),
        format_func=lambda q: names[q],
    )
    return Period.parse(chosen) if chosen else None


def _save(database: Database, entry: UnitEntry, seen: Registered, action: Action, now: datetime) -> None:
    plans.change(database, acting.who(), entry.unit.code, seen, action, now)


def _history(database: Database, entry: UnitEntry, action: UUID) -> None:
    zone = ZoneInfo(entry.unit.time_zone)
    columns = [t("Kapan", "When"), t("Peran", "Role"), "Status", t("Yang berubah", "What changed")]
    revisions = plans.history(database, acting.who(), entry.unit.code, action)
    before: Mapping[str, object] = {}
    rows: list[list[tables.Cell]] = []
    for r in revisions:
        now = actions.as_data(r.action)
        changed = [name for name, value in now.items() if before and before[name] != value]
        moment = days.short_moment(r.changed_at.astimezone(zone), language())
        words = changed_words(changed)
        rows.append([moment, r.role, say(STATUS[r.action.status]), words])
        before = now
    st.html(tables.table(columns, reversed(rows)))


def changed_words(changed: Sequence[str]) -> str:
    """What a revision changed, in words; that it is the first where it names nothing."""
    return ", ".join(_field(name) for name in changed) or say(CREATED)


def _field(name: str) -> str:
    names = {
        "plan": say(PLAN),
        "responsible": say(RESPONSIBLE),
        "due": t("waktu pelaksanaan", "due quarter"),
        "status": "status",
        "realisation": t("realisasi", "what was done"),
        "evidence": t("bukti", "evidence"),
        "pair": t("kalimat untuk umum", "sentences for the public"),
        "published": t("tampil untuk umum", "shown to the public"),
    }
    return names.get(name, name)


def _name(entry: UnitEntry, registered: Registered) -> str:
    elements = view.all_elements(instruments.get(entry.unit.instrument))
    name = unsur_name(elements, registered.action.unsur, Voice(language()))
    plan = registered.action.plan or t("konsep", "draft")
    return f"{name} · {periods.short(registered.action.period, language())} · {plan}"
