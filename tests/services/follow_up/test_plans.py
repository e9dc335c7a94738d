"""The register of follow-up: who may write, what is refused, and that every change stays readable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from analytics.period import Period
from survey_app.errors import Conflict, NotFound, Refused
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import Scope
from survey_app.storage.database import Database
from survey_app.text import Text
from tests.submissions import NOW

MANAGER = Acting(Role.MANAGER, Scope(unit="ptsp"))
PERIOD = Period.parse("2026-TW2")
PAIR = Pair(Text("Antrean lama", "Long queue"), Text("Dua loket dibuka", "Two counters opened"))
DONE = Action(
    period=PERIOD,
    unsur="waktu",
    plan="Membuka dua loket tambahan",
    responsible="Kepala Seksi Pelayanan",
    due=Period.parse("2026-TW4"),
    status=Status.DONE,
    realisation="Dua loket dibuka pada 1 September",
    evidence="https://example.go.id/foto",
    pair=PAIR,
    published=True,
)


def codes(refusal: Refused) -> list[str]:
    return [problem.code for problem in refusal.problems]


def test_an_accepted_unsur_is_a_draft_that_is_filled_in_step_by_step(
    database: Database, unit: UnitEntry
) -> None:
    draft = plans.accept(database, MANAGER, "ptsp", PERIOD, "waktu", NOW)
    assert (draft.revision, draft.action, draft.role) == (
        1,
        Action(period=PERIOD, unsur="waktu"),
        "pengelola",
    )
    later = NOW + timedelta(days=30)
    changed = plans.change(database, MANAGER, "ptsp", draft, DONE, later)
    (standing,) = plans.register(database, MANAGER, "ptsp")
    assert standing == changed
    assert (standing.revision, standing.action, standing.changed_at) == (2, DONE, later)
    assert plans.history(database, MANAGER, "ptsp", draft.id) == (draft, changed)


def test_a_double_tap_accepts_once(database: Database, unit: UnitEntry) -> None:
    plans.accept(database, MANAGER, "ptsp", PERIOD, "waktu", NOW)
    with pytest.raises(Conflict) as caught:
        plans.accept(database, MANAGER, "ptsp", PERIOD, "waktu", NOW)
    assert caught.value.code == "follow-up-exists"
    assert len(plans.register(database, MANAGER, "ptsp")) == 1


def test_of_two_who_change_the_same_revision_the_second_is_told(database: Database, unit: UnitEntry) -> None:
    draft = plans.accept(database, MANAGER, "ptsp", PERIOD, "waktu", NOW)
    plans.change(database, MANAGER, "ptsp", draft, replace(draft.action, plan="Satu"), NOW)
    with pytest.raises(Conflict) as caught:
        plans.change(database, MANAGER, "ptsp", draft, replace(draft.action, plan="Dua"), NOW)
    assert caught.value.code == "follow-up-outdated"
    assert [r.action.plan for r in plans.register(database, MANAGER, "ptsp")] == ["Satu"]


def test_saving_what_has_not_changed_writes_nothing(database: Database, unit: UnitEntry) -> None:
    added = plans.add(database, MANAGER, "ptsp", DONE, NOW)
    again = replace(DONE, plan=f"  {DONE.plan} ", responsible="Kepala  Seksi Pelayanan")
    assert plans.change(database, MANAGER, "ptsp", added, again, NOW) == added
    assert len(plans.history(database, MANAGER, "ptsp", added.id)) == 1


def test_nothing_can_alter_or_remove_a_revision(database: Database, unit: UnitEntry) -> None:
    plans.add(database, MANAGER, "ptsp", DONE, NOW)
    for statement in ("UPDATE follow_up SET plan = 'x'", "DELETE FROM follow_up"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="append-only"),
            database.engine.execution_options(write=True).begin() as connection,
        ):
            connection.execute(sa.text(statement))


@pytest.mark.parametrize(
    ("acting", "code"),
    [
        (Acting(Role.OPERATOR), "role-refused"),
        (Acting(Role.LEADERSHIP), "role-refused"),
        (Acting(Role.MANAGER, Scope(unit="lain")), "scope-refused"),
        (Acting(Role.ADMIN, Scope(agency="lain")), "scope-refused"),
    ],
)
def test_only_who_looks_after_the_unit_writes(
    database: Database, unit: UnitEntry, acting: Acting, code: str
) -> None:
    added = plans.add(database, MANAGER, "ptsp", DONE, NOW)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: plans.accept(database, acting, "ptsp", PERIOD, "biaya", NOW),
        lambda: plans.add(database, acting, "ptsp", DONE, NOW),
        lambda: plans.change(database, acting, "ptsp", added, replace(DONE, plan="x"), NOW),
    )
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code == code
    assert len(plans.register(database, MANAGER, "ptsp")) == 1


def test_leadership_reads_and_an_operator_does_not(database: Database, unit: UnitEntry) -> None:
    added = plans.add(database, MANAGER, "ptsp", DONE, NOW)
    assert plans.register(database, Acting(Role.LEADERSHIP), "ptsp") == (added,)
    with pytest.raises(Refused):
        plans.register(database, Acting(Role.OPERATOR), "ptsp")


def test_an_action_of_another_unit_is_not_found(database: Database, unit: UnitEntry) -> None:
    catalogue.create_unit(database, ADMIN, "dpmptsp", "lain", "Loket lain", time_zone="Asia/Makassar")
    added = plans.add(database, MANAGER, "ptsp", DONE, NOW)
    with pytest.raises(NotFound):
        plans.change(database, Acting(Role.ADMIN), "lain", added, replace(DONE, plan="x"), NOW)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unsur": "keramahan"}, "unsur-unknown"),
        ({"due": Period.parse("2026")}, "due-quarter"),
        ({"plan": ""}, "plan-missing"),
        ({"realisation": " "}, "realisation-missing"),
        ({"plan": "x" * 501}, "text-length"),
        ({"responsible": "x" * 121}, "text-length"),
        ({"pair": Pair(Text("x" * 141, ""), PAIR.mended)}, "text-length"),
        ({"responsible": "Budi Santoso, S.Kom"}, "responsible-person"),
        ({"responsible": "Drs. Budi"}, "responsible-person"),
        ({"responsible": "dr. Siti"}, "responsible-person"),
        ({"responsible": "Kepala Seksi (197001011990031001)"}, "responsible-person"),
        ({"status": Status.RUNNING}, "pair-not-done"),
        ({"pair": Pair(Text("Antrean lama", ""), Text("", ""))}, "pair-missing"),
        ({"pair": Pair(PAIR.said, Text("Dua loket dibuka", ""))}, "pair-english"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    database: Database, unit: UnitEntry, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        plans.add(database, MANAGER, "ptsp", replace(DONE, **changes), NOW)
    assert code in codes(caught.value)
    assert plans.register(database, MANAGER, "ptsp") == ()


@pytest.mark.parametrize(
    "position",
    [
        "Kepala Dinas",
        "Sekretaris Camat",
        "Kasubag Umum, Seksi Pelayanan",
        "Dokter jaga, IGD",
        "Direktur RSUD dr. Kanujoso",
    ],
)
def test_a_position_is_not_taken_for_a_person(database: Database, unit: UnitEntry, position: str) -> None:
    added = plans.add(database, MANAGER, "ptsp", replace(DONE, responsible=position), NOW)
    assert added.action.responsible == position


def test_the_public_reads_published_pairs_only_the_last_change_first(
    database: Database, unit: UnitEntry
) -> None:
    for i in range(8):
        pair = Pair(Text(f"Bilang {i}", ""), Text(f"Perbaiki {i}", ""))
        plans.add(database, MANAGER, "ptsp", replace(DONE, pair=pair), NOW + timedelta(hours=i))
    hidden = plans.register(database, MANAGER, "ptsp")[7]
    changed = replace(hidden.action, published=False)
    plans.change(database, MANAGER, "ptsp", hidden, changed, NOW + timedelta(hours=9))
    shown = [pair.said.id for pair in plans.published_pairs(database, "ptsp")]
    assert shown == ["Bilang 6", "Bilang 5", "Bilang 4", "Bilang 3", "Bilang 2", "Bilang 1"]
