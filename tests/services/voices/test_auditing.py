"""A check of the grouping: drawn at random, judged blind, kept, and told as what the counts are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.text import ENOUGH, Kind
from survey_app.errors import NotFound, Refused
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE, Scope
from survey_app.services.voices import auditing, reading
from survey_app.services.voices.auditing import Asked, Labels
from survey_app.services.voices.worth import CountsWorth, Whose, counts_worth
from survey_app.storage import judgements
from survey_app.storage.database import Database
from survey_app.storage.tables import comment_judgement, response
from tests.services.imports.test_withdrawing import load, withdraw_last, write
from tests.services.voices.test_reading import PERIOD, say
from tests.submissions import NOW, submission

#: As grouped: the first twelve name the time, the last twelve nothing. In truth half of these do too.
SAID = [*["Antrean lama sekali"] * 12, *["Terima kasih"] * 6, *["xyz"] * 6]
UNIT, OTHER = Scope(unit="loket"), Scope(unit="lain")


@pytest.fixture
def heard(database: Database, unit: UnitEntry) -> None:
    for code in ("loket", "lain"):
        catalogue.create_unit(database, ADMIN, "dpmptsp", code, code.title(), time_zone="Asia/Jakarta")
    for text in SAID:
        say(database, text, unit="loket")


def truth(asked: Asked) -> Labels:
    kind = asked.comment.kind
    named = {"waktu"} if asked.comment.text != "Terima kasih" else set()
    return Labels(frozenset(named), kind, urgent=False)


def judge_all(database: Database, asked: Sequence[Asked]) -> None:
    for one in asked:
        auditing.judge(database, ADMIN, one, truth(one), NOW)


def first_of(database: Database, number: int) -> Asked:
    """The first of a draw with that randomness."""
    return auditing.ask(database, ADMIN, UNIT, PERIOD, random_bits=lambda _: number)[0]


def told(database: Database, scope: Scope) -> CountsWorth:
    return counts_worth(database, scope, reading.newest(database, scope, PERIOD).voices)


@pytest.mark.usefixtures("heard")
def test_what_was_judged_is_not_asked_again_and_tells_what_a_count_is_worth(database: Database) -> None:
    first = auditing.ask(database, ADMIN, UNIT, PERIOD, 14)
    judge_all(database, first)
    assert told(database, UNIT) == CountsWorth(judged=14, own=14, whose=None, unsur={}, kinds={}, urgent=None)
    second = auditing.ask(database, ADMIN, UNIT, PERIOD, 30)
    assert {a.comment.key for a in first}.isdisjoint(a.comment.key for a in second)
    assert len(first) + len(second) == len(SAID)
    judge_all(database, second)
    assert not auditing.ask(database, ADMIN, UNIT, PERIOD)
    found = told(database, UNIT)
    assert (found.judged, found.whose) == (24, Whose.OWN)
    # 12 as counted, all right; 18 in truth, all of them judged.
    time = found.unsur["waktu"]
    assert (time.counted, time.precision.value, time.likely) == (12, 1.0, (18, 18, 18))
    assert time.recall.value == pytest.approx(12 / 18)
    assert found.kinds[Kind.COMPLAINT].likely == (12, 12, 12)


@pytest.mark.usefixtures("heard")
def test_a_draw_is_kept_with_the_randomness_it_was_made_with(database: Database) -> None:

    def draw(number: int) -> tuple[Asked, ...]:
        return auditing.ask(database, ADMIN, UNIT, PERIOD, 8, random_bits=lambda _: number)

    ask = draw(7)
    assert ask == draw(7) != draw(8)
    auditing.judge(database, ADMIN, ask[0], truth(ask[0]), NOW)
    with database.read() as connection:
        (row,) = connection.execute(sa.select(comment_judgement)).mappings()
    assert (row["draw"], row["frame"], row["role"], row["rate"]) == (7, "unit:loket", "admin", 8 / 24)
    assert row["stratum"] == auditing.strata_of([ask[0].comment])[0]
    assert 0 < row["probability"] <= 1


@pytest.mark.usefixtures("heard")
def test_the_last_judgement_counts_and_one_taken_back_does_not(database: Database) -> None:
    asked = auditing.ask(database, ADMIN, UNIT, PERIOD)
    judge_all(database, asked)
    thanks = next(a for a in asked if a.comment.text == "Terima kasih")
    auditing.judge(database, ADMIN, thanks, Labels(frozenset({"waktu"}), None, urgent=False), NOW)
    assert told(database, UNIT).unsur["waktu"].likely == (19, 19, 19)
    auditing.take_back(database, ADMIN, thanks, NOW)
    assert told(database, UNIT).judged == 23
    assert [a.comment.key for a in auditing.ask(database, ADMIN, UNIT, PERIOD)] == [thanks.comment.key]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.usefixtures("heard")
def test_nobody_takes_back_what_somebody_else_said(database: Database, *, first: bool) -> None:
    """Two are asked the same at once; the one who is first, or second, takes it back."""
    one, other = (first_of(database, number) for number in (1, 2))
    other = replace(other, comment=one.comment)
    said = {1: Labels(frozenset({"waktu"}), None, urgent=False), 2: Labels(frozenset(), None, urgent=True)}
    for asked in (one, other):
        auditing.judge(database, ADMIN, asked, said[asked.draw], NOW)
    undone, kept = (one, other) if first else (other, one)
    for _ in range(2):
        auditing.take_back(database, ADMIN, undone, NOW)
        with database.read() as connection:
            ((stands, _),) = judgements.standing(connection, None)
        assert (stands.draw, stands.urgent) == (kept.draw, said[kept.draw].urgent)
    auditing.take_back(database, ADMIN, kept, NOW)
    assert told(database, UNIT).judged == 0


@pytest.mark.usefixtures("heard")
def test_whose_judged_comments_they_are_is_told(database: Database) -> None:
    """By others' the grouping is told, and no number of comments."""
    say(database, "Antrean lama", unit="lain")
    judge_all(database, auditing.ask(database, ADMIN, UNIT, PERIOD))
    assert told(database, Scope(agency="dpmptsp")).whose is Whose.PARTS
    found = told(database, OTHER)
    assert (found.whose, found.judged, found.own) == (Whose.AGENCY, 24, 0)
    assert found.unsur["waktu"].likely is None
    assert found.unsur["waktu"].precision.of == 12
    # Drawn out of the whole province, they are a sample of each of its parts.
    assert [a.frame for a in auditing.ask(database, ADMIN, PROVINCE, PERIOD)] == [""]


@pytest.mark.usefixtures("heard")
def test_a_sample_of_the_province_is_one_of_its_units(database: Database) -> None:
    judge_all(database, auditing.ask(database, ADMIN, PROVINCE, PERIOD))
    assert {told(database, s).whose for s in (PROVINCE, Scope(agency="dpmptsp"), UNIT)} == {Whose.OWN}


@pytest.mark.parametrize("province_first", [False, True])
def test_what_was_judged_of_a_part_is_known_of_the_whole(
    database: Database, unit: UnitEntry, *, province_first: bool
) -> None:
    """60 comments of a desk, all about the time and judged there, and 60 of another, none of them."""
    for code in ("loket", "lain"):
        catalogue.create_unit(database, ADMIN, "dpmptsp", code, code.title(), time_zone="Asia/Jakarta")
        for _ in range(60):
            say(database, "xyz", unit=code)

    def check(scope: Scope, size: int, now: datetime) -> None:
        for one in auditing.ask(database, ADMIN, scope, PERIOD, size, random_bits=lambda _: 1):
            named = {"waktu"} if one.comment.entry.unit.code == "loket" else set[str]()
            auditing.judge(database, ADMIN, one, Labels(frozenset(named), None, urgent=False), now)

    checks = [(UNIT, 60), (PROVINCE, 30)]
    for number, (scope, size) in enumerate(reversed(checks) if province_first else checks):
        check(scope, size, NOW + timedelta(days=number))
    found = told(database, PROVINCE)
    assert (found.whose, found.judged) == (Whose.OWN, found.own)
    likely = found.unsur["waktu"].likely
    assert likely is not None
    assert 60 <= likely[0] <= 63
    assert likely[2] <= 77


@pytest.mark.usefixtures("heard")
def test_a_sample_of_an_agency_is_one_of_its_units_and_not_of_the_province(database: Database) -> None:
    judge_all(database, auditing.ask(database, ADMIN, Scope(agency="dpmptsp"), PERIOD))
    assert {told(database, s).whose for s in (Scope(agency="dpmptsp"), UNIT)} == {Whose.OWN}
    assert told(database, PROVINCE).whose is Whose.PARTS


@pytest.mark.usefixtures("heard")
def test_of_many_judgements_the_newest_are_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = auditing.ask(database, ADMIN, UNIT, PERIOD)
    for minute, one in enumerate(asked):
        auditing.judge(database, ADMIN, one, truth(one), NOW + timedelta(minutes=minute))
    with database.read() as connection:
        newest = judgements.standing(connection, None, 3)
    assert {(j.unit_id, j.seq) for j, _ in newest} == {a.comment.key for a in asked[-3:]}


def test_a_comment_of_a_withdrawn_file_is_neither_judged_nor_counted(
    database: Database, unit: UnitEntry, tmp_path: Path
) -> None:
    """Even if it was drawn before."""
    lines = [("2026-11-03", [2] * 9, f"Antrean lama {i}", "") for i in range(ENOUGH + 1)]
    load(database, write(tmp_path / "a.csv", lines), PERIOD)
    asked = auditing.ask(database, ADMIN, PROVINCE, PERIOD)
    judge_all(database, asked[:ENOUGH])
    assert told(database, PROVINCE).judged == ENOUGH
    withdraw_last(database)
    assert told(database, PROVINCE).judged == 0
    with pytest.raises(NotFound):
        auditing.judge(database, ADMIN, asked[-1], truth(asked[-1]), NOW)


@pytest.mark.usefixtures("heard")
def test_a_comment_that_is_gone_is_neither_judged_nor_counted(database: Database) -> None:
    asked = auditing.ask(database, ADMIN, UNIT, PERIOD)
    judge_all(database, asked[:ENOUGH])
    for gone in (asked[0], asked[-1]):
        emptied = response.update().where(response.c.seq == gone.comment.seq).values(comment=None)
        database.write(lambda connection, emptied=emptied: connection.execute(emptied))  # type: ignore[misc]
    with pytest.raises(NotFound) as caught:
        auditing.judge(database, ADMIN, asked[-1], truth(asked[-1]), NOW)
    assert caught.value.code == "comment-gone"
    assert (told(database, UNIT).judged, told(database, UNIT).whose) == (ENOUGH - 1, None)


@pytest.mark.usefixtures("heard")
def test_who_works_at_the_counter_is_not_asked(database: Database) -> None:
    for acting, code in (
        (Acting(Role.OPERATOR, UNIT), "role-refused"),
        (Acting(Role.MANAGER, OTHER), "scope-refused"),
    ):
        with pytest.raises(Refused) as caught:
            auditing.ask(database, acting, UNIT, PERIOD)
        assert caught.value.code == code
    (one, *_) = auditing.ask(database, Acting(Role.MANAGER, UNIT), UNIT, PERIOD)
    with pytest.raises(Refused) as caught:
        auditing.judge(database, ADMIN, one, Labels(frozenset({"cuaca"}), None, urgent=False), NOW)
    assert caught.value.code == "label-unknown"


def test_names_are_masked_for_everybody(database: Database, unit: UnitEntry) -> None:
    intake.accept(database, submission(comment="Bu Rina minta uang"), NOW)
    (one,) = auditing.ask(database, ADMIN, PROVINCE, PERIOD)
    assert one.comment.text == "Bu [nama] minta uang"
