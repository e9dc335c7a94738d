"""The index weighted by services and profile: worked by hand, what is left out, what bias it takes away."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sqlalchemy as sa

from analytics import Period, Reason
from benchmarks.answered import Nonresponse
from survey_app.instruments import ProfileField
from survey_app.services.answers.intake import Channel
from survey_app.services.ikm import raked, results
from survey_app.services.ikm.raked import ProfileOption, RakedIndex, Unused
from survey_app.services.places import catalogue, users_by_profile
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.scope import PROVINCE
from survey_app.storage import users_by_profile as stored
from survey_app.storage.database import Database
from survey_app.storage.tables import unit
from tests.reports import samples

OCTOBER, YEAR = Period.parse("2026-10"), Period.parse("2026")
MAN, WOMAN = {"jenis_kelamin": "L"}, {"jenis_kelamin": "P"}


def _answer(
    database: Database, n: int, level: int, profile: dict[str, str], service: str | None = None
) -> None:
    """By turns one below `level` too, so that there is an error."""
    rows = [[level] * 9, [level - 1] * 9] * (n // 2)
    samples.answered(database, "u", rows, "2026-10", Channel.KIOSK, profiles=[profile], service=service)


def _sizes(database: Database, field: str = "jenis_kelamin", **users: int) -> None:
    users_by_profile.record(database, ADMIN, "u", YEAR, field, users)


def _raked(database: Database, service: str | None = None) -> RakedIndex | None:
    return raked.raked_index(database, results.unit_result(database, "u", OCTOBER, service, within=PROVINCE))


def _known(database: Database) -> RakedIndex:
    found = _raked(database)
    assert found is not None
    return found


def test_men_and_women_count_by_their_numbers(database: Database) -> None:
    """Ten men at 62.5 and thirty women at 87.5; of the users half are men: 75 where the sheets say 81.25."""
    samples.create_unit(database, "u", "u")
    _answer(database, 10, 3, MAN)
    _answer(database, 30, 4, WOMAN)
    assert _raked(database) is None  # nothing is recorded
    _sizes(database, L=500, P=500)
    found = _known(database)
    assert found.index.value == pytest.approx(75)
    assert (found.n, found.left_open, found.by_service, found.unused, found.empty) == (40, 0, False, (), ())
    # Kish by hand: 40 x (500^2/10 + 500^2/30) / 1000^2.
    assert found.design_effect == pytest.approx(4 / 3)
    assert found.effective_n == pytest.approx(30)
    # Strata of men and women, each with a variance of 12.5^2 n/(n - 1) between sheets.
    variance = 0.25 * 12.5**2 * (1 / 9 + 1 / 29)
    assert (found.index.se or 0) ** 2 == pytest.approx(variance)
    result = results.unit_result(database, "u", OCTOBER, within=PROVINCE)
    assert result.score.exact == Fraction(325, 4)  # the official one is what it was


def test_services_count_with_it_where_all_have_recorded_their_users(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    catalogue.create_service(database, ADMIN, "u", "izin", "Izin")
    for service, profile, n, level in (
        ("umum", MAN, 10, 3),
        ("umum", WOMAN, 30, 4),
        ("izin", MAN, 10, 2),
        ("izin", WOMAN, 10, 3),
    ):
        _answer(database, n, level, profile, service)
    _sizes(database, L=500, P=500)
    assert not _known(database).by_service
    for service, users in (("umum", 100), ("izin", 300)):
        catalogue.record_volume(database, ADMIN, "u", service, OCTOBER, users)
    found = _known(database)
    assert found.by_service
    # The effects of service and sex add up, so that any weights that meet both margins say the same:
    # 25 x (1/4 umum, 3/4 izin; half men): men 62.5 and 37.5, women 25 more.
    assert found.index.value == pytest.approx(0.25 * 62.5 + 0.75 * 37.5 + 12.5)
    catalogue.record_volume(database, ADMIN, "u", "umum", OCTOBER, 39)
    assert not _known(database).by_service  # fewer users than the forty answers are recorded wrongly
    assert _raked(database, "izin") is None  # what is recorded is of the unit


def test_who_leaves_a_used_field_open_is_left_out_and_counted(database: Database) -> None:
    samples.create_unit(database, "u", "u")
    _answer(database, 10, 3, MAN)
    _answer(database, 30, 4, WOMAN)
    _answer(database, 12, 2, {})
    _sizes(database, L=500, P=500)
    found = _known(database)
    assert (found.n, found.left_open) == (40, 12)
    assert found.index.value == pytest.approx(75)
    _answer(database, 2, 2, {})
    too_open = _known(database)  # 14 of 54: more than a quarter
    assert [(f.key, why) for f, why in too_open.unused] == [("jenis_kelamin", Unused.LEFT_OPEN)]
    assert (too_open.fields, too_open.index.exact) == ((), None)


def test_options_that_do_not_meet_say_so(database: Database) -> None:
    """One is recorded with nobody and was answered; of another there are users and no sheets."""
    samples.create_unit(database, "u", "u")
    _answer(database, 30, 4, WOMAN | {"pekerjaan": "PNS"})
    _answer(database, 10, 3, WOMAN | {"pekerjaan": "SWASTA"})
    _sizes(database, L=400, P=600)
    jobs = {o.key: 10 for o in _field(database, "pekerjaan").options} | {"PNS": 0}
    _sizes(database, "pekerjaan", **jobs)
    found = _known(database)
    assert [(f.key, why) for f, why in found.unused] == [("pekerjaan", Unused.NOBODY_SERVED)]
    assert [f.key for f in found.fields] == ["jenis_kelamin"]
    assert found.empty == (ProfileOption(_field(database, "jenis_kelamin"), "L"),)


def test_the_index_of_a_few_cannot_be_worked_out_of_the_two(database: Database) -> None:
    """Three men of one score: twice the weighted index less the women's was theirs."""
    samples.create_unit(database, "u", "u")
    _answer(database, 100, 4, WOMAN)
    samples.answered(database, "u", [[1] * 9] * 3, "2026-10", Channel.KIOSK, profiles=[MAN])
    _sizes(database, L=500, P=500)
    found = _known(database)
    assert [(f.key, why) for f, why in found.unused] == [("jenis_kelamin", Unused.FEW)]
    assert (found.fields, found.index.exact) == ((), None)
    samples.answered(database, "u", [[1] * 9] * 2, "2026-10", Channel.KIOSK, profiles=[MAN])
    assert _known(database).index.value == pytest.approx((87.5 + 25) / 2)


def test_options_of_a_few_count_as_one(database: Database) -> None:
    """Three and four of two jobs speak together for the users of both, and their numbers are not told."""
    samples.create_unit(database, "u", "u")
    for job, n, level in (("PNS", 40, 4), ("SWASTA", 20, 3), ("TNI", 4, 2)):
        _answer(database, n, level, MAN | {"pekerjaan": job})
    samples.answered(
        database, "u", [[1] * 9] * 3, "2026-10", Channel.KIOSK, profiles=[{"pekerjaan": "POLRI"}]
    )
    field = _field(database, "pekerjaan")
    none = dict.fromkeys((o.key for o in field.options), 0)
    _sizes(database, "pekerjaan", **none | {"PNS": 100, "SWASTA": 100, "TNI": 60, "POLRI": 40})
    found = _known(database)
    assert found.together == ((ProfileOption(field, "TNI"), ProfileOption(field, "POLRI")),)
    of_the_seven = (2 * 50 + 2 * 25 + 3 * 25) / 7
    assert found.index.value == pytest.approx((87.5 + 62.5 + of_the_seven) / 3)
    assert found.counts_hidden


@pytest.mark.parametrize(
    ("counts", "together"),
    [
        ((5, 9), ""),
        ((3, 9), "ab"),
        ((3, 4, 9), "ab"),
        ((1, 2, 9, 20), "abc"),
        ((20, 4, 8), "bc"),
        ((4, 4), "ab"),
    ],
)
def test_who_counts_as_one(counts: tuple[int, ...], together: str) -> None:
    chosen = np.array([name for name, n in zip("abcd", counts, strict=False) for _ in range(n)])
    assert raked.few_together(chosen) == set(together)


def test_without_a_field_of_a_few_those_count_who_had_left_it_open(database: Database) -> None:
    """Of those who say both, two are men and two are soldiers; without the job there are ten men."""
    samples.create_unit(database, "u", "u")
    clerk, soldier = {"pekerjaan": "PNS"}, {"pekerjaan": "TNI"}
    for n, profile in (
        (40, WOMAN | clerk),
        (2, WOMAN | soldier),
        (4, soldier),
        (8, MAN),
        (2, MAN | clerk),
    ):
        _answer(database, n, 4, profile)
    none = dict.fromkeys((o.key for o in _field(database, "pekerjaan").options), 0)
    _sizes(database, "pekerjaan", **none | {"PNS": 50, "TNI": 50})
    _sizes(database, L=500, P=500)
    found = _known(database)
    assert [(f.key, why) for f, why in found.unused] == [("pekerjaan", Unused.FEW)]
    assert (found.n, found.left_open) == (52, 4)


def test_sizes_of_another_questionnaire_say_nothing(database: Database) -> None:
    """The questionnaire does not ask for what was recorded."""
    samples.create_unit(database, "u", "u")
    _answer(database, 30, 4, WOMAN)
    with database.read() as connection:
        number = connection.execute(sa.select(unit.c.id)).scalar_one()
    database.write(lambda c: stored.put(c, number, "2026", "warna", {"biru": 5}))
    assert _raked(database) is None


def test_sizes_that_no_weights_can_meet_give_a_reason(database: Database) -> None:
    """Men are all of one job and women of the other, and the two margins say otherwise."""
    samples.create_unit(database, "u", "u")
    _answer(database, 20, 4, WOMAN | {"pekerjaan": "PNS"})
    _answer(database, 20, 3, MAN | {"pekerjaan": "SWASTA"})
    _sizes(database, L=500, P=500)
    none = dict.fromkeys((o.key for o in _field(database, "pekerjaan").options), 0)
    _sizes(database, "pekerjaan", **none | {"PNS": 900, "SWASTA": 100})
    found = _known(database)
    assert (found.index.exact, found.index.reason) == (None, Reason.NOT_CONVERGED)


def _field(database: Database, key: str) -> ProfileField:
    result = results.unit_result(database, "u", OCTOBER, within=PROVINCE)
    (field,) = (f for f in result.instrument.profile if f.key == key)
    return field


def test_it_takes_the_bias_away_that_the_official_index_has() -> None:
    """The content answer four times as often: the official interval holds in four of five samples."""
    case, rng = Nonresponse(300, 4, 12), np.random.default_rng(20261130)
    drawn = [case.draw(rng) for _ in range(200)]
    official, raked_too = ([d[name] for d in drawn] for name in ("official", "raked"))
    for told, low, high in ((official, 0.7, 0.88), (raked_too, 0.92, 0.985)):
        held = [e.interval is not None and e.interval[0] <= case.truth <= e.interval[1] for e in told]
        assert low <= np.mean(held) <= high
    taken = np.mean([(o.value or 0) - (r.value or 0) for o, r in zip(official, raked_too, strict=True)])
    assert 1.1 < taken < 1.35
    assert abs(np.mean([e.value or 0 for e in raked_too]) - case.truth) < 0.3
