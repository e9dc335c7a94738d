"""What is judged before it is shown: beside what is shown already, and beside nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from analytics.narrowing import PublishedTotal
from analytics.period import Period
from analytics.recap_narrowing import Unit, UnitTotal
from survey_app.reports.unit_report import all_passages
from survey_app.services import (
    outgoing_recaps,
    profile_hiding,
    public_results,
    publishing,
    recap_numbers,
    recap_publishing,
    results,
    soundness,
    withholding,
)
from survey_app.services import recap as recaps
from survey_app.services.acting import ADMIN
from survey_app.services.recap_numbers import unit_key
from survey_app.services.scope import Scope
from survey_app.storage.database import Database
from survey_app.storage.tables import publication, recap_publication
from tests.reports import samples
from tests.services.test_public_recaps import (
    AGENCY,
    PERIOD,
    only,
    publish,
    publish_recap,
    publish_recap_unseen,
    publish_unseen,
    unit,
)
from tests.services.test_soundness import damage

BEFORE = PERIOD.shift(-1)


@pytest.fixture
def unread() -> Iterator[None]:
    """What a test before this one has read is not known, and what this one has read is forgotten after it."""

    def forget() -> None:
        for kept in (
            soundness._tell_once,
            withholding._people,
            withholding._recap_withheld,
            recap_numbers._numbers,
            public_results._cached,
            profile_hiding._read,
        ):
            kept.cache_clear()

    forget()
    yield
    forget()


@pytest.mark.parametrize(
    ("first", "late", "shown"),
    # One and four are hidden whole as few: nobody can subtract them. Five are shown, and leave three.
    [(1, 4, True), (4, 4, True), (5, 3, False), (5, 5, True)],
)
def test_a_recap_is_judged_beside_what_is_shown_of_a_unit(
    database: Database, first: int, late: int, shown: bool
) -> None:
    unit(database, "a1", [3] * first)
    publish_unseen(database, "a1")
    samples.insert(database, "a1", [[3] * 9] * (first + late), "2019-05")
    publish_recap(database, AGENCY, day=1)
    assert (only(database).index is not None) == shown


def test_a_unit_alone_is_judged_beside_its_own_versions(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [3] * 20)
    publish(database, "a1")
    samples.insert(database, "a1", [[3] * 9] * 22, "2019-05")
    assert withholding.would_be_withheld(database, results.unit_result(database, "a1", PERIOD))
    assert not withholding.would_be_withheld(database, results.unit_result(database, "a2", PERIOD))


def test_what_is_told_before_publishing_follows_what_was_published_since(database: Database) -> None:
    """The people are the same at both times; what is public beside them is not."""
    scope, may = Scope(agency=AGENCY), Period.parse("2019-05")
    unit(database, "a1", [3] * 20)
    samples.insert(database, "a1", [[1] * 9] * 3, "2019-06")
    assert not withholding.recap_would_be_withheld(database, scope, PERIOD)
    recap_publishing.publish(database, ADMIN, recaps.recap(database, AGENCY, may), samples.MADE_AT)
    # The half-year less May would be the three of June.
    assert withholding.recap_would_be_withheld(database, scope, PERIOD)


@pytest.mark.usefixtures("unread")
def test_beside_a_damaged_version_nothing_about_its_months_is_told(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    publish_unseen(database, "a1")
    damage(database, publication, publication.c.version == 1, "half a text")
    told = [UnitTotal(_key(database, "a1"), PublishedTotal(period, 10)) for period in (PERIOD, BEFORE)]
    assert withholding.beside_shown(database, PERIOD, told) == (True, True)
    assert withholding.beside_shown(database, BEFORE, told[1:]) == (False,)


@pytest.mark.usefixtures("unread")
def test_a_unit_waits_where_a_recap_about_its_months_is_damaged(database: Database) -> None:
    unit(database, "a1", [3, 4] * 5)
    samples.insert(database, "a1", [[3] * 9] * 10, "2019-07")
    publish_recap_unseen(database, AGENCY)
    damage(database, recap_publication, recap_publication.c.agency == AGENCY, "half a text")
    assert withholding.would_be_withheld(database, results.unit_result(database, "a1", PERIOD))
    july = results.unit_result(database, "a1", Period.parse("2019-07"))
    assert not withholding.would_be_withheld(database, july)


def test_the_period_before_is_judged_beside_its_own_year(database: Database) -> None:
    """What a recap says of the year before was published in another year than its own."""
    unit(database, "a1", [3] * 20)
    samples.insert(database, "a1", [[3] * 9] * 20, "2018-10")
    year, before = Period.parse("2019"), Period.parse("2018")
    result = results.unit_result(database, "a1", before)
    publishing.publish(database, ADMIN, result, all_passages(result), None, samples.MADE_AT)
    late, same = (UnitTotal(_key(database, "a1"), PublishedTotal(before, n)) for n in (22, 20))
    assert withholding.beside_shown(database, year, [late]) == (True,)
    assert withholding.beside_shown(database, year, [same]) == (False,)


def test_a_published_recap_keeps_what_it_told_whatever_is_published_later(database: Database) -> None:
    unit(database, "a1", [3] * 20)
    unit(database, "a2", [4] * 20)
    publish_recap(database, AGENCY)

    def hidden() -> tuple[str, ...]:
        told = recap_publishing.published(database, AGENCY, PERIOD)
        return tuple(u.entry.unit.code for u in outgoing_recaps.of_publication(database, told).hidden)

    assert hidden() == ()
    samples.insert(database, "a1", [[3] * 9] * 22, "2019-05")
    publish(database, "a1", day=1)
    # The mean of both and a1 with two more: a2 is not known, so neither are the two.
    (later,) = public_results.of_unit(database, "a1")
    assert later.score is not None
    assert hidden() == ()


def _key(database: Database, code: str) -> Unit:
    result = results.unit_result(database, code, PERIOD)
    return unit_key(result.entry.unit.code, result.instrument)
