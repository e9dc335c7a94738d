"""What a receipt tells: nothing before somebody looked, and then what the office did and wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from survey_app.services.answers import intake
from survey_app.services.complaints import handling, told
from survey_app.services.complaints.decision import Decision, Seen, State
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Pair, Status
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.storage.database import Database
from survey_app.text import Text
from tests.services.complaints.given import DONE, LOOKED, SLOW, decided, number_of, said
from tests.submissions import NOW, submission


def test_nothing_before_and_every_step_after(database: Database, unit: UnitEntry) -> None:
    written, silent = said(database, SLOW), said(database, None)
    assert told.of_receipt(database, unit, written) is None
    assert told.of_receipt(database, unit, silent) is None
    # In the evening of 20 November in London it is the 21st in Samarinda.
    decided(database, written, LOOKED, datetime(2026, 11, 20, 17, tzinfo=UTC))
    assert told.of_receipt(database, unit, written) == told.Told(
        State.LOOKED_AT, date(2026, 11, 21), None, None
    )
    decided(database, written, DONE, turn=1)
    found = told.of_receipt(database, unit, written)
    assert found is not None
    assert (found.state, found.reply) == (State.DONE, DONE.reply)


def test_what_was_mended_is_told_once_everybody_may_read_it(database: Database, unit: UnitEntry) -> None:
    written = said(database, SLOW)
    seen = [Seen(number_of(database, written), 0)]
    owned = Decision(state=State.TAKEN_UP, owner="Sekretaris")
    made = handling.take_up(database, ADMIN, "ptsp", seen, "waktu", owned, NOW)

    def mended() -> Text | None:
        found = told.of_receipt(database, unit, written)
        assert found is not None
        return found.mended

    pair = Pair(Text("Antrean lama", ""), Text("Loket ketiga dibuka", ""))
    action = replace(
        made.action, plan="Loket", responsible="Sekretaris", due=made.action.period, realisation="Dibuka"
    )
    done = replace(action, status=Status.DONE, pair=pair)
    made = plans.change(database, ADMIN, "ptsp", made, done, NOW)
    assert mended() is None
    plans.change(database, ADMIN, "ptsp", made, replace(done, published=True), NOW)
    assert mended() == pair.mended
    no_complaint = Decision(state=State.NO_COMPLAINT, action=made.id)
    decided(database, written, no_complaint, turn=1)
    assert mended() is None


def test_one_id_for_two_units_is_two_answers(database: Database, unit: UnitEntry) -> None:
    other = catalogue.create_unit(database, ADMIN, "dpmptsp", "b", "B", time_zone="Asia/Jakarta")
    first = said(database, SLOW)
    decided(database, first, LOOKED)
    intake.accept(database, submission(id=first, unit="b", comment=SLOW), NOW)
    assert told.of_receipt(database, unit, first) is not None
    assert told.of_receipt(database, other, first) is None


def test_a_comment_that_was_emptied_leaves_what_was_done(database: Database, unit: UnitEntry) -> None:
    written = said(database, SLOW)
    decided(database, written, DONE)
    database.write(lambda c: c.execute(sa.text("UPDATE response SET comment = NULL")))
    found = told.of_receipt(database, unit, written)
    assert found is not None
    assert found.on == (NOW + timedelta(hours=1)).date()
