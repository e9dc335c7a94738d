"""Units of the same kind: who is clearly better, what they did, and what is told of those elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from analytics.period import Period
from benchmarks import same_kind as benchmark
from survey_app.errors import Refused
from survey_app.services.disclosure.same_kind import SameKind, of_unit
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Pair, Status
from survey_app.services.ikm import results
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.places.unit_kind import set_kind
from survey_app.services.publishing import unit_publishing
from survey_app.storage.database import Database
from survey_app.text import Text
from tests.reports import samples

QUARTER = Period.parse("2026-TW3")
MONTH = "2026-08"
#: They know their own unit alone, and do not or do see what stays inside.
AUDITOR, OWN = Acting(Role.AUDITOR, Scope(unit="own")), Acting(Role.MANAGER, Scope(unit="own"))
LOW = [[3, 3, 2, 3, 3, 3, 3, 3, 3], [3, 3, 2, 3, 3, 3, 4, 3, 3]]
HIGH = [[3, 3, 4, 3, 3, 3, 3, 3, 3], [3, 3, 4, 3, 3, 3, 4, 3, 3]]
DONE = Action(
    period=Period.parse("2025-TW3"),
    unsur="waktu",
    plan="Antrean daring",
    status=Status.DONE,
    realisation="Antrean daring dipakai sejak Januari",
)
PAIR = Pair(Text("Antre lama.", ""), Text("Nomor antrean lewat ponsel.", ""))


def _unit(database: Database, code: str, rows: list[list[int]], kind: str | None = "samsat") -> None:
    samples.create_unit(database, code, code.title())
    if kind is not None:
        set_kind(database, ADMIN, code, kind)
    if rows:
        samples.insert(database, code, rows, MONTH)


def _found(database: Database, acting: Acting = ADMIN, code: str = "own") -> SameKind | None:
    return of_unit(database, acting, results.unit_result(database, code, QUARTER, within=PROVINCE))


def _publish(database: Database, code: str, version: int = 1) -> None:
    result = results.unit_result(database, code, QUARTER, within=PROVINCE)
    moment = samples.MADE_AT + timedelta(days=version)
    unit_publishing.publish(database, ADMIN, result, {}, None, moment)


def test_those_who_are_clearly_better_are_named_with_what_they_did(database: Database) -> None:
    """Waktu is 50 in the unit, 100 in two of three others of its kind; another kind is not looked at."""
    _unit(database, "own", LOW * 20)
    for code, rows in {"a": HIGH * 20, "b": LOW * 20, "c": HIGH * 8}.items():
        _unit(database, code, rows)
    _unit(database, "d", [[4] * 9, [4] * 8 + [3]] * 20, kind="sosial")
    _unit(database, "e", [])
    samples.create_unit(database, "f", "Of no kind")
    for action in (DONE, replace(DONE, status=Status.RUNNING, plan="x"), replace(DONE, unsur="biaya")):
        plans.add(database, ADMIN, "a", action, samples.NOW)
    plans.add(database, ADMIN, "a", replace(DONE, period=Period.parse("2026-TW4")), samples.NOW)
    found = _found(database)
    assert found is not None
    assert (found.kind, found.others, found.compared, found.outside) == ("samsat", 4, 3, 0)
    (behind,) = found.behind
    assert (behind.element.key, behind.of) == ("waktu", 3)
    assert sorted(one.entry.unit.code for one in behind.better) == ["a", "c"]
    first = behind.better[0]
    assert (first.estimate.value, first.mutu, first.outside) == (100.0, "A", False)
    did = {one.entry.unit.code: [deed.id for deed in one.did] for one in behind.better}
    assert did == {"a": ["Antrean daring dipakai sejak Januari"], "c": []}
    assert _found(database, code="a") == SameKind("samsat", others=4, compared=3)


def test_elsewhere_only_what_is_published_is_compared_and_told(database: Database) -> None:
    _unit(database, "own", LOW * 20)
    _unit(database, "a", HIGH * 20)
    plans.add(database, ADMIN, "a", DONE, samples.NOW)
    for acting in (OWN, AUDITOR):
        assert _found(database, acting) == SameKind("samsat", others=1)
    _publish(database, "a")
    found = _found(database, OWN)
    assert found is not None
    (one,) = found.behind[0].better
    assert (found.compared, found.outside, one.outside, one.did) == (1, 1, True, ())
    published = replace(DONE, pair=PAIR, published=True)
    plans.add(database, ADMIN, "a", published, samples.NOW)
    # What comes in later is not public, whatever it changes.
    samples.insert(database, "a", LOW * 400, MONTH)
    again = _found(database, OWN)
    assert again is not None
    (then,) = again.behind[0].better
    assert then.estimate == one.estimate
    assert then.did == (Text("Nomor antrean lewat ponsel.", "Nomor antrean lewat ponsel."),)
    # Whose scope it lies in compares with what it is now, which is hardly better any more.
    assert _found(database) == SameKind("samsat", others=1, compared=1)


def test_of_few_people_nothing_is_told(database: Database) -> None:
    """Four answers, or an unsur that three answered: for nobody, published or not."""
    _unit(database, "own", LOW * 20)
    _unit(database, "four", HIGH * 2)
    _unit(database, "three", [*([[*row[:8], 0] for row in HIGH] * 6), *HIGH, HIGH[0]])
    assert _found(database) == SameKind("samsat", others=2)
    for code in ("four", "three"):
        _publish(database, code)
    assert _found(database, OWN) == SameKind("samsat", others=2)


def test_another_scale_is_not_compared_and_an_unsur_that_is_not_asked_is_left_out(database: Database) -> None:
    _unit(database, "own", LOW * 20)
    samples.create_unit(database, "free", "Free", instrument="skm-2017-tanpa-biaya@1")
    set_kind(database, ADMIN, "free", "samsat")
    samples.insert(database, "free", [[3, 3, 4, 3, 3, 3, 3, 3], [3, 3, 4, 3, 3, 4, 3, 3]] * 20, MONTH)
    found = _found(database)
    assert found is not None
    assert [(b.element.key, b.of) for b in found.behind] == [("waktu", 1)]


def test_without_a_kind_or_a_value_it_is_said(database: Database) -> None:
    _unit(database, "own", LOW * 20, kind=None)
    assert _found(database) == SameKind(None)
    set_kind(database, ADMIN, "own", "sosial")
    assert _found(database) == SameKind("sosial")
    _unit(database, "empty", [])
    assert _found(database, code="empty") is None


def test_nobody_asks_for_a_unit_elsewhere(database: Database) -> None:
    _unit(database, "own", LOW * 20)
    _unit(database, "a", HIGH * 20)
    with pytest.raises(Refused, match="scope-refused"):
        _found(database, OWN, "a")
    assert catalogue.list_units(database, OWN.scope)[0].unit.code == "own"


def test_where_units_do_not_differ_hardly_ever_one_is_called_better() -> None:
    """`python -m benchmarks.same_kind` has more of them, and what is seen of true differences."""
    rng = np.random.default_rng(benchmark.SEED)
    found = benchmark.run((60,), (20, 60, 120, 400), 4, 0.1, 30, rng)
    assert found.wrong <= 5  # of 30 at most .05: six or more have a chance of .003
    assert found.seen >= 8
