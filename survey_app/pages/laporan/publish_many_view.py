"""Publishing a period of many units at once: how each stands, and one button for those that are ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from analytics import Period
from analytics.disclosure import MINIMUM
from survey_app.pages.laporan import last_look
from survey_app.reports.unit import drafting
from survey_app.reports.unit.drafting import Outcome
from survey_app.services.places.acting import Acting
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.province.overview import months_with_answers
from survey_app.services.publishing import standing
from survey_app.services.publishing.standing import Stand, UnitStanding
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import choosing, guards, links, tables
from survey_app.ui.acting import act, who
from survey_app.ui.words import language, say, t
from survey_app.wording import numbers, periods

STANDS: Mapping[Stand, Text] = {
    Stand.READY: Text("siap dipublikasikan", "ready to be published"),
    Stand.CHANGED: Text("jawaban berubah sejak versi {v}", "answers have changed since version {v}"),
    Stand.TEXT_OUTDATED: Text("periksa naskahnya dahulu", "check its text first"),
    Stand.RUNNING: Text("periode masih berjalan", "the period is still running"),
    Stand.NO_ANSWERS: Text("tidak ada jawaban", "no answers"),
    Stand.PUBLISHED: Text("sudah dipublikasikan, versi {v}", "published, version {v}"),
}
READY = Text("{n} dari {all} unit siap dipublikasikan.", "Units ready to be published: {n} of {all}.")
ALL_PUBLISHED = Text(
    "Semua unit yang ada jawabannya sudah dipublikasikan.", "All units with answers have been published."
)
NOTHING_READY = Text(
    "Belum ada unit yang siap dipublikasikan pada periode ini.",
    "No unit is ready to be published in this period.",
)
PUBLISHED = Text("{n} unit sudah dipublikasikan", "Units published: {n}")
FEW = Text("kurang dari {n} responden: nilai tidak tampil", "fewer than {n} respondents: no score shown")
SURE = Text(
    "Ya, publikasikan {n} unit. Hasil yang sudah dipublikasikan tidak dapat ditarik; perbaikannya menjadi "
    "versi baru.",
    "Yes, publish {n} units. Published results cannot be withdrawn; a correction becomes a new version.",
)
PUBLISH = Text("Publikasikan {n} unit", "Publish {n} units")
DONE = Text("{n} unit sudah dipublikasikan untuk {p}.", "Units published for {p}: {n}.")
REFUSED = Text("{n} unit tidak dipublikasikan.", "Units not published: {n}.")
ALSO_WITHHELD = Text(
    "Nilai suatu unit tidak tampil di halaman publik jika dapat menunjukkan jawaban kurang dari {n} orang; "
    "laporannya tetap dipublikasikan.",
    "The score of a unit does not appear on the public page where it could reveal the answers of fewer than "
    "{n} people; its report is published all the same.",
)


def show(database: Database, entries: Sequence[UnitEntry], now: datetime) -> None:
    """Choose a period, look at all units, and publish those that are ready."""
    with st.container(horizontal=True):
        scope = choosing.filter_agency_or_unit(entries)
        span = months_with_answers(database, scope)
        if span is None:
            guards.explain_no_answers()
            return
        zones = [ZoneInfo(e.unit.time_zone) for e in entries if scope.covers(e)]
        period = choosing.choose_finished(*span, min(now.astimezone(zone).date() for zone in zones))
    found = standing.standing(database, who(), scope, period, now)
    ready = standing.unfinished(found)
    st.markdown(f"**{_headline(found, len(ready))}**")
    if ready:
        _publish(database, period, ready, now)
    finished = [unit for unit in found if unit.stand is Stand.PUBLISHED]
    if others := [unit for unit in found if unit.stand is not Stand.PUBLISHED]:
        st.html(_table(others, period))
    if finished:
        with st.expander(say(PUBLISHED.format(n=_whole(len(finished))))):
            st.html(_table(finished, period))
    st.caption(say(ALSO_WITHHELD.format(n=MINIMUM)))


def offered(entries: Sequence[UnitEntry], acting: Acting) -> bool:
    """Whether somebody has several units to publish."""
    return len(entries) > 1 and acting.may(Action.PUBLISH)


def _headline(found: Sequence[UnitStanding], ready: int) -> str:
    if ready:
        return say(READY.format(n=_whole(ready), all=_whole(len(found))))
    stands = Counter(unit.stand for unit in found)
    finished = stands[Stand.PUBLISHED] and stands[Stand.PUBLISHED] + stands[Stand.NO_ANSWERS] == len(found)
    return say(ALL_PUBLISHED if finished else NOTHING_READY)


def _publish(database: Database, period: Period, ready: Sequence[UnitStanding], now: datetime) -> None:
    seen = {unit.result.entry.unit.code: unit.seen for unit in ready}
    # One look for all of them: whatever changes in one of them is another button.
    look = "".join(sorted(seen.values()))
    n = _whole(len(ready))
    sure = st.checkbox(say(SURE.format(n=n)), key=f"publish-many-sure-{period}-{len(ready)}")
    label = say(PUBLISH.format(n=n))
    if last_look.button(label, look if sure else None, primary=True, key="publish-many"):
        progress = st.progress(0.0)
        outcomes: list[Outcome] = []

        def work() -> None:
            told = drafting.publish_many(
                database, who(), period, seen, now, lambda done: _advance(progress, done / len(seen))
            )
            outcomes.extend(told)

        act(work, lambda: _told(outcomes, ready, period))


def _advance(progress: st.delta_generator.DeltaGenerator, share: float) -> None:
    progress.progress(share)


def _told(outcomes: Sequence[Outcome], ready: Sequence[UnitStanding], period: Period) -> str:
    """What was done, and of each unit that was refused why."""
    published = sum(outcome.version is not None for outcome in outcomes)
    words = [say(DONE.format(n=_whole(published), p=periods.name(period, language())))]
    refused = [outcome for outcome in outcomes if outcome.refused is not None]
    if refused:
        names = {unit.result.entry.unit.code: unit.result.entry.unit.name for unit in ready}
        words.append(say(REFUSED.format(n=_whole(len(refused)))))
        words += [f"{names[o.unit_code]}: {say(o.refused)}" for o in refused if o.refused is not None]
    return " ".join(words)


def _table(found: Sequence[UnitStanding], period: Period) -> str:
    columns = [t("Unit layanan", "Service unit"), t("Keadaan", "State"), "IKM", "n"]
    # Those somebody has to do something about come first.
    order = sorted(found, key=lambda unit: list(Stand).index(unit.stand))
    return tables.table(columns, [_row(unit, period) for unit in order], numeric=2)


def _row(unit: UnitStanding, period: Period) -> list[tables.Cell]:
    entry, score = unit.result.entry, unit.result.score
    stand = say(STANDS[unit.stand].format(v=unit.version or ""))
    few = say(FEW.format(n=MINIMUM)) if unit.few and score.n else ""
    address = links.page("laporan", tab="publikasi", unit=entry.unit.code, period=str(period))
    return [
        tables.Link(entry.unit.name, address, entry.agency.name),
        tables.Noted(stand, few),
        numbers.decimal(score.ikm, language()),
        _whole(score.n),
    ]


def _whole(n: int) -> str:
    return numbers.whole(n, language())
