"""What was changed about actions: the newest first, page by page, with what differs from before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics import Period
from survey_app.errors import Refused
from survey_app.services.follow_up import history, plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.storage.database import Database
from tests.reports import samples
from tests.submissions import NOW

FIRST = Action(period=Period.parse("2026-TW2"), unsur="waktu", plan="Loket kedua")


def seen(
    database: Database, acting: Acting = ADMIN, **wanted: object
) -> list[tuple[str, int, tuple[str, ...]]]:
    entries = catalogue.list_units(database, PROVINCE)
    found = history.changes(database, acting, entries, **wanted)  # type: ignore[arg-type]
    return [(c.entry.unit.code, c.registered.revision, c.changed) for c in found.changes]


@pytest.fixture
def units(database: Database) -> None:
    """An action of each of two units; that of the first is begun after the other was written."""
    for code in ("satu", "dua"):
        samples.create_unit(database, code, f"Unit {code}")
    added = plans.add(database, ADMIN, "satu", FIRST, NOW)
    plans.add(database, ADMIN, "dua", replace(FIRST, unsur="biaya"), NOW)
    begun = replace(FIRST, status=Status.RUNNING, due=Period.parse("2026-TW4"))
    plans.change(database, ADMIN, "satu", added, begun, NOW + timedelta(days=1))


@pytest.mark.usefixtures("units")
def test_the_newest_comes_first_and_says_what_it_changed(database: Database) -> None:
    assert seen(database) == [("satu", 2, ("due", "status")), ("dua", 1, ()), ("satu", 1, ())]


@pytest.mark.usefixtures("units")
def test_unsur_status_and_scope_narrow_it(database: Database) -> None:
    assert [one[0] for one in seen(database, unsur="biaya")] == ["dua"]
    # What came before has another status, and is compared with all the same.
    assert seen(database, status=Status.RUNNING) == [("satu", 2, ("due", "status"))]
    assert [one[0] for one in seen(database, Acting(Role.MANAGER, Scope(unit="dua")))] == ["dua"]
    with pytest.raises(Refused, match="peran"):
        seen(database, Acting(Role.OPERATOR))


@pytest.mark.usefixtures("units")
def test_pages_follow_each_other_without_a_gap(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "ROWS", 2)
    entries = catalogue.list_units(database, PROVINCE)
    newest = history.changes(database, ADMIN, entries)
    assert newest.older is not None
    # Written meanwhile: the next page neither repeats nor skips for it.
    plans.add(database, ADMIN, "dua", FIRST, NOW)
    oldest = history.changes(database, ADMIN, entries, below=newest.older)
    assert [c.registered.revision for c in (*newest.changes, *oldest.changes)] == [2, 1, 1]
    assert oldest.older is None
    assert len(seen(database, below=10**17)) == 2
