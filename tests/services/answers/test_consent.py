"""The version of the consent text that is stored beside an answer: what was shown, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from survey_app.services.answers import consent, intake, paper
from survey_app.services.answers.ids import uuid7
from survey_app.services.answers.intake import Receipt
from survey_app.services.answers.paper import PaperForm
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from tests.submissions import KEYS, NOW, consents, submission


@pytest.mark.parametrize("shown", range(1, consent.VERSION + 1))
def test_the_version_that_was_shown_is_stored(database: Database, unit: UnitEntry, shown: int) -> None:
    """Also an older one: a form kept by a browser is answered long after the next release."""
    assert isinstance(intake.accept(database, submission(consent_version=shown), NOW), Receipt)
    assert consents(database) == [shown]


@pytest.mark.parametrize("shown", [None, 0, -1, consent.VERSION + 1, 10**40])
def test_a_version_that_there_is_not_costs_no_answer_and_is_not_stored(
    database: Database, unit: UnitEntry, shown: int | None
) -> None:
    assert isinstance(intake.accept(database, submission(consent_version=shown), NOW), Receipt)
    assert consents(database) == [None]


def test_an_answer_sent_again_by_a_page_of_another_version_is_the_same_answer(
    database: Database, unit: UnitEntry
) -> None:
    """What was shown first stays: that is what was agreed to when it was sent."""
    sent = submission(consent_version=1)
    first = intake.accept(database, sent, NOW)
    again = intake.accept(database, replace(sent, consent_version=2), NOW + timedelta(days=1))
    assert isinstance(first, Receipt)
    assert again == replace(first, again=True)
    assert consents(database) == [1]


def test_of_a_paper_sheet_it_is_not_recorded(database: Database, unit: UnitEntry) -> None:
    """What the sheet said, nobody has told us."""
    form = PaperForm(
        id=uuid7(NOW), unit="ptsp", number="1", operator="loket-1", answers=dict.fromkeys(KEYS, 3)
    )
    assert isinstance(paper.enter(database, ADMIN, form, NOW), Receipt)
    assert consents(database) == [None]
