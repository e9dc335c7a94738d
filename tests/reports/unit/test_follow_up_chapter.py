"""The plan and the follow-up of the previous period, as a reader of the PDF gets them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from analytics.period import Period
from survey_app.reports.unit import drafting, follow_up_chapter
from survey_app.services.follow_up import plans
from survey_app.services.follow_up.actions import Action, Status
from survey_app.services.ikm import results
from survey_app.services.places.acting import Acting, Role
from survey_app.services.places.scope import PROVINCE
from survey_app.storage.database import Database
from survey_app.text import Language
from survey_app.wording import sureness
from tests.reports import samples
from tests.reports.unit.test_report import INJECTION, text_of

ADMIN = Acting(Role.ADMIN)
DONE = Action(
    period=Period.parse("2018-S2"),
    unsur="persyaratan",
    plan="Menyederhanakan syarat",
    responsible="Kepala Seksi Pelayanan",
    status=Status.DONE,
    realisation="Syarat dikurangi dari lima menjadi tiga",
    evidence="https://example.go.id/syarat",
)


@pytest.fixture(autouse=True)
def sekadau(database: Database) -> None:
    """The published rows, and a semester before of ten sheets: persyaratan 2, 3, 2, 3 ..., all else 3."""
    samples.sekadau(database)
    samples.insert(database, "sekadau", [[2 + i % 2, *[3] * 8] for i in range(10)], "2018-11")


def text(database: Database, language: Language = "id", service: str | None = None) -> str:
    result = results.unit_result(database, "sekadau", Period.parse("2019-S1"), service, within=PROVINCE)
    return text_of(drafting.draft(database, result, samples.MADE_AT, language))


def test_registered_actions_take_the_place_of_the_proposal(database: Database) -> None:
    period = Period.parse("2019-S1")
    for unsur, plan, due in (("sarpras", "Kursi tunggu", "2019-TW4"), ("persyaratan", "Brosur", "2020-TW1")):
        action = Action(
            period=period, unsur=unsur, plan=plan, responsible="Sekretaris", due=Period.parse(due)
        )
        plans.add(database, ADMIN, "sekadau", action, samples.NOW)
    told = text(database)
    plan = told[told.index(follow_up_chapter.PRIORITY.id) : told.index(follow_up_chapter.REGISTERED.id)]
    # U1 (138) is lower than U8 (143): it comes first, whatever was registered first.
    assert plan.index("1 U1 Persyaratan Brosur 2020 Sekretaris") < plan.index("2 U8")
    assert "Kursi tunggu 2019 Sekretaris" in plan
    assert "Usul dari data" not in told


def test_without_a_register_the_report_says_so(database: Database) -> None:
    told = text(database)
    assert follow_up_chapter.NOTHING_PLANNED_BEFORE.id in told
    assert follow_up_chapter.PROPOSED.id in told


def test_the_previous_period_is_reported_with_the_measured_change(database: Database) -> None:
    plans.add(database, ADMIN, "sekadau", DONE, samples.NOW)
    told = text(database)
    annex = told[told.rindex(follow_up_chapter.ANNEX.id) :]
    assert f"{DONE.plan} ({DONE.responsible})" in annex
    assert f"{follow_up_chapter.STATUS[Status.DONE].id}. {DONE.realisation}" in annex
    # 138 / 49 = 2.816 against 2.5; scipy.stats.ttest_ind(U1 of the published rows, [2, 3] * 5,
    # equal_var=False).confidence_interval(): -0.0759 to 0.7086.
    assert follow_up_chapter.MOVED.format(was="2,50", is_="2,82").id in annex
    interval = follow_up_chapter.RANGE.format(low="-0,08", high="+0,71")
    assert f"+0,32{interval.id}; {sureness.NOT_SIGNIFICANT.id}" in annex
    assert "(Sem II 2018)" in annex
    assert "No. 1: https://example.go.id/syarat" in annex


def test_english_has_it_too(database: Database) -> None:
    plans.add(database, ADMIN, "sekadau", DONE, samples.NOW)
    told = text(database, "en")
    assert follow_up_chapter.ANNEX.en in told
    assert follow_up_chapter.MOVED.format(was="2.50", is_="2.82").en in told


def test_the_report_of_one_service_has_no_register_of_the_unit(database: Database) -> None:
    plans.add(database, ADMIN, "sekadau", DONE, samples.NOW)
    assert DONE.plan not in text(database, service="umum")


def test_markup_in_an_action_is_printed_and_never_run(database: Database) -> None:
    period = Period.parse("2019-S1")
    plans.add(database, ADMIN, "sekadau", Action(period=period, unsur="waktu", plan=INJECTION), samples.NOW)
    plans.add(database, ADMIN, "sekadau", replace(DONE, realisation=INJECTION), samples.NOW)
    told = text(database).replace(" ", "")
    assert told.count(INJECTION.replace(" ", "")) == 2


def test_the_longest_texts_run_on_over_pages_and_none_is_lost(database: Database) -> None:
    for i in range(6):
        plan = f"awal{i} " + "pelatihan petugas " * 26 + f"akhir{i}"
        new = replace(DONE, plan=plan, realisation=plan + " sudah" * 80, evidence="https://" + "a" * 400)
        plans.add(database, ADMIN, "sekadau", new, samples.NOW)
        later = Action(period=Period.parse("2019-S1"), unsur="waktu", plan=f"rencana {plan}")
        plans.add(database, ADMIN, "sekadau", later, samples.NOW)
    told = text(database)
    assert [told.count(f"akhir{i}") for i in range(6)] == [3] * 6
    assert len(re.findall(r"\bsudah\b", told)) >= 6 * 80
