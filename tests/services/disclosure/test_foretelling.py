"""What is judged before it is shown: beside what is shown already, and beside nothing else."""

from __future__ import annotations

import pytest

from analytics.period import Period
from survey_app.services.disclosure import foretelling, outgoing_recaps, public_results
from survey_app.services.ikm import results
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.publishing import recap_publishing
from survey_app.storage.database import Database
from tests.reports import samples
from tests.services.disclosure.test_public_recaps import (
    AGENCY,
    PERIOD,
    only,
    publish,
    publish_recap,
    publish_recap_unseen,
    publish_unseen,
    total_of,
    unit,
)


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
    assert foretelling.would_be_withheld(
        database, results.unit_result(database, "a1", PERIOD, within=PROVINCE)
    )
    assert not foretelling.would_be_withheld(
        database, results.unit_result(database, "a2", PERIOD, within=PROVINCE)
    )


def test_a_unit_is_judged_beside_the_recap_it_would_solve(database: Database) -> None:
    """Twice the recap less a2 is a1 with 20 people; 23 less those are the 3 who came late."""
    for code in ("a1", "a2"):
        unit(database, code, [3] * 20)
    publish_recap(database, AGENCY)
    publish(database, "a2", day=1)
    samples.insert(database, "a1", [[3] * 9] * 23, "2019-05")
    late = results.unit_result(database, "a1", PERIOD, within=PROVINCE)
    assert foretelling.would_be_withheld(database, late)


def test_a_unit_alone_is_not_judged_beside_another_questionnaire(database: Database) -> None:
    """The quarter's 23 less the 20 of May would be 3, but May asked another questionnaire."""
    unit(database, "a1", [3] * 20)
    publish_unseen(database, "a1", period=Period.parse("2019-05"))
    samples.change_form(database, "a1", "skm-2017-tanpa-biaya@1")
    samples.insert(database, "a1", [[3] * 8] * 23, "2019-06")
    quarter = results.unit_result(database, "a1", Period.parse("2019-TW2"), within=PROVINCE)
    assert quarter.score.n == 23
    assert not foretelling.would_be_withheld(database, quarter)


def test_what_is_told_together_is_judged_one_after_another(database: Database) -> None:
    """Nothing is shown yet: 20 may be told, and 22 not beside them, for the 2 who are in these only."""
    unit(database, "a1", [3] * 20)
    told = [total_of(database, "a1", PERIOD, n) for n in (20, 22)]
    assert foretelling.beside_shown(database, PERIOD, told) == (False, True)
    assert foretelling.beside_shown(database, PERIOD, told[1:]) == (False,)


def test_beside_a_version_of_a_recap_only_what_was_shown_before_it_counts(database: Database) -> None:
    """The recap tells a1's 20, of whom 22 would leave 2; before it nothing was shown."""
    unit(database, "a1", [3] * 20)
    publish_recap(database, AGENCY)
    told = [total_of(database, "a1", PERIOD, 22)]
    assert foretelling.beside_shown(database, PERIOD, told, (AGENCY, 1)) == (False,)
    assert foretelling.beside_shown(database, PERIOD, told) == (True,)


def test_what_is_told_before_publishing_follows_what_was_published_since(database: Database) -> None:
    """The people are the same at both times; what is public beside them is not."""
    scope, may = Scope(agency=AGENCY), Period.parse("2019-05")
    unit(database, "a1", [3] * 20)
    samples.insert(database, "a1", [[1] * 9] * 3, "2019-06")
    assert not foretelling.recap_would_be_withheld(database, scope, PERIOD)
    publish_recap_unseen(database, AGENCY, period=may)
    # The half-year less May would be the three of June.
    assert foretelling.recap_would_be_withheld(database, scope, PERIOD)


def test_the_period_before_is_judged_beside_its_own_year(database: Database) -> None:
    """What a recap says of the year before was published in another year than its own."""
    unit(database, "a1", [3] * 20)
    samples.insert(database, "a1", [[3] * 9] * 20, "2018-10")
    year, before = Period.parse("2019"), Period.parse("2018")
    publish_unseen(database, "a1", period=before)
    late, same = (total_of(database, "a1", before, n) for n in (22, 20))
    assert foretelling.beside_shown(database, year, [late]) == (True,)
    assert foretelling.beside_shown(database, year, [same]) == (False,)


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
