"""What was published before a file was withdrawn, and after: no few of its people can be subtracted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from analytics import Reason
from analytics.period import Period
from survey_app.services.disclosure import foretelling, outgoing, public_results, withholding
from survey_app.services.ikm import narrowed, respondents, results
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import folding, publications
from survey_app.storage.database import Database
from survey_app.storage.rollup import Cell
from tests.reports import samples
from tests.services.disclosure.test_public_recaps import (
    AGENCY,
    only,
    publish,
    publish_recap,
    publish_unseen,
    unit,
)

MAY = "2019-05"


def file(database: Database, n: int, digest: str, code: str = "a1") -> tuple[int, list[Cell]]:
    return samples.file(database, code, [[3] * 9] * n, MAY, digest)


def contents(database: Database) -> list[dict[str, Any]]:
    """Of the snapshots of a1."""
    with database.read() as connection:
        headings = publications.headings(connection, "a1")
        return [json.loads(publications.of_heading(connection, heading).snapshot) for heading in headings]


def withdraw(database: Database, imported: tuple[int, list[Cell]]) -> None:
    database.write(lambda connection: folding.withdraw_import(connection, *imported))


def shown(database: Database, code: str = "a1") -> list[bool]:
    """Of every version of the unit."""
    with database.read() as connection:
        headings = publications.headings(connection, code)
    hidden = withholding.withheld(database, headings)
    return [heading not in hidden for heading in headings]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    # Withdrawn without another: 3, or 20. Mended with one sheet more, with five more, with as many.
    [(3, 0, False), (20, 0, True), (40, 41, False), (40, 45, True), (40, 40, True)],
)
def test_a_version_after_a_withdrawal_is_shown_unless_it_leaves_a_few(
    database: Database, first: int, second: int, told: bool
) -> None:
    unit(database, "a1", [3] * 27)
    imported = file(database, first, "a")
    publish(database, "a1")
    withdraw(database, imported)
    if second:
        file(database, second, "b")
    publish(database, "a1", day=1)
    assert shown(database) == [True, told]
    result = public_results.of_unit(database, "a1")[0]
    assert result.version == (2 if told else 1)


@pytest.mark.parametrize("says_files", [True, False])
def test_withdrawn_answers_may_have_come_again(
    database: Database, monkeypatch: pytest.MonkeyPatch, says_files: bool
) -> None:
    """May's 12 less the 10 by which the half-year grew are two: the ten are of May, and in both.

    What was published before files could be withdrawn says nothing of them: it counts what had been imported.
    """
    unit(database, "a1", [3] * 2)
    imported = file(database, 10, "a")
    with monkeypatch.context() as before:
        if not says_files:
            before.setattr(respondents, "sheets_and_files", lambda *a: (respondents.answer_sheets(*a), None))
        publish_unseen(database, "a1", period=Period.parse(MAY))
    assert ["files" in content for content in contents(database)] == [says_files]
    withdraw(database, imported)
    samples.insert(database, "a1", [[3] * 9] * 48, "2019-03")
    publish(database, "a1", day=1)
    file(database, 10, "b")
    publish(database, "a1", day=2)
    assert shown(database) == [True, True, False]
    assert [len(content.get("files", "?")) for content in contents(database)] == [1, 0, 1]


def test_a_unit_without_files_says_nothing_of_them(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    publish(database, "a1")
    (content,) = contents(database)
    assert "files" not in content


@pytest.mark.parametrize(("gone", "told"), [(3, False), (6, True)])
def test_a_recap_after_a_withdrawal_is_shown_unless_it_leaves_a_few(
    database: Database, gone: int, told: bool
) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [3] * 20)
    imported = file(database, gone, "a")
    publish(database, "a2")
    publish_recap(database, AGENCY, day=1)
    withdraw(database, imported)
    publish_recap(database, AGENCY, day=2)
    found = only(database)
    assert found.version == (2 if told else 1)
    assert found.index is not None


def test_a_draft_after_a_withdrawal_tells_no_few(database: Database) -> None:
    unit(database, "a1", [3] * 27)
    imported = file(database, 3, "a")
    publish(database, "a1")
    withdraw(database, imported)
    draft = results.unit_result(database, "a1", Period.parse("2019-S1"), within=PROVINCE)
    assert foretelling.would_be_withheld(database, draft)
    score = outgoing.of_draft(database, draft).result.score
    assert narrowed.hidden(score) is Reason.SINGLED_OUT


def test_an_unsur_may_be_answered_by_anybody_of_a_withdrawn_file(database: Database) -> None:
    """Of 20 in the file all but two answered the first unsur, of the 20 of another one 16: 38 less 36."""
    unit(database, "a1", [3] * 20)
    rows = [[0, *[3] * 8]] * 2 + [[3] * 9] * 18
    imported = samples.file(database, "a1", rows, MAY, "a")
    publish(database, "a1")
    withdraw(database, imported)
    samples.file(database, "a1", [[0, *[3] * 8]] * 4 + [[3] * 9] * 16, MAY, "b")
    publish(database, "a1", day=1)
    (result,) = public_results.of_unit(database, "a1")
    assert (result.version, result.unsur) == (2, None)
    assert result.score is not None
