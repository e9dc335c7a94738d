"""What respondents leave open: by profile on paper, by way for the profile; nothing of a few or of chance."""

from __future__ import annotations

import sqlalchemy as sa

from analytics import Period
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import gaps, quality, results
from survey_app.services.ikm.gaps import Gaps
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import emptying
from survey_app.storage.database import Database
from survey_app.storage.tables import unit
from tests.reports import samples

OCTOBER = Period.parse("2026-10")
PAPER, KIOSK, WEB = Channel.PAPER, Channel.KIOSK, Channel.WEB
WHOLE, OPEN = [4] * 9, [4] * 8 + [0]
MAN, WOMAN = {"jenis_kelamin": "L"}, {"jenis_kelamin": "P"}


def _gaps(database: Database) -> Gaps | None:
    result = results.unit_result(database, "u", OCTOBER, within=PROVINCE)
    return gaps.gaps(database, result)


def _answer(database: Database, channel: Channel, whole: int, left: int, profile: dict[str, str]) -> None:
    rows = [WHOLE] * whole + [OPEN] * left
    samples.answered(database, "u", rows, "2026-10", channel, profiles=[profile])


def test_who_leaves_an_unsur_open_on_paper(database: Database) -> None:
    """Women leave U9 open in 15 of 40, men in 1 of 40; those at the kiosk cannot, whoever they are."""
    samples.create_unit(database, "u", "u")
    _answer(database, PAPER, 25, 15, WOMAN)
    _answer(database, PAPER, 39, 1, MAN)
    _answer(database, KIOSK, 300, 0, MAN)
    found = _gaps(database)
    assert found is not None
    assert found.unsur is not None
    told = [(g.element.number, g.option.key, g.found.more) for g in found.unsur]
    assert told == [("U9", "P", True)]  # that men do so less often says the same
    counted = found.unsur[0].found.counted
    assert (counted.part, counted.n, counted.others_part, counted.others) == (15, 40, 1, 40)
    assert found.profile == ()


def test_chance_is_no_finding_and_a_few_are_not_told(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    _answer(database, PAPER, 30, 5, WOMAN)
    _answer(database, PAPER, 33, 3, MAN)
    assert _gaps(database) == Gaps(unsur=(), profile=None)
    # Four of another option who all leave it open: clear, and too few to be told.
    samples.answered(database, "u", [OPEN] * 4, "2026-10", PAPER, profiles=[MAN | {"pekerjaan": "TNI"}])
    samples.answered(database, "u", [WHOLE] * 40, "2026-10", PAPER, profiles=[MAN | {"pekerjaan": "POLRI"}])
    found = _gaps(database)
    assert found is not None
    assert [g.option.key for g in found.unsur or ()] == []


def test_where_the_whole_profile_stays_open(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    _answer(database, KIOSK, 30, 0, {})
    _answer(database, KIOSK, 20, 0, MAN)
    _answer(database, WEB, 60, 0, WOMAN)
    found = _gaps(database)
    assert found is not None
    assert found.unsur is None  # nobody could leave an unsur open
    assert [(g.way, g.found.more) for g in found.profile or ()] == [(KIOSK, True)]


def test_emptied_profiles_are_not_taken_for_open_ones(database: Database) -> None:
    """What was filled in once is counted in the roll-up, and stands in no sheet any more."""
    samples.create_unit(database, "u", "u")
    _answer(database, PAPER, 25, 15, WOMAN)
    _answer(database, PAPER, 39, 1, MAN)
    results.refresh(database)
    assert _gaps(database) is not None  # and is remembered
    with database.read() as connection:
        number = connection.execute(sa.select(unit.c.id)).scalar_one()
    assert database.write(lambda connection: emptying.empty(connection, number, 202610, quality.RULES))
    assert _gaps(database) is None
    assert results.unit_result(database, "u", OCTOBER, within=PROVINCE).respondents[0].unanswered == 0
