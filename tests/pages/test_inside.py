"""What a few people said or were measured at stays with who works inside: on pages as in reports."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from survey_app.pages.specs import PAGES
from survey_app.services.answers import intake
from survey_app.services.places import catalogue
from survey_app.services.places.acting import ADMIN, Acting, Role
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import PERMISSIONS, Action
from survey_app.storage.database import Database
from survey_app.ui import acting, one_unit
from tests.pages.conftest import OpenPage, html_of, words_of
from tests.reports import samples
from tests.staff import import_staff, staff
from tests.submissions import NOW, submission

#: The IKM of three people ((8 x 4 + 3) / 9 x 25), what one of them wrote, and the IP ASN of three.
FEW = {
    "formulir": "97,22",
    "ringkasan": "97,22",
    "unit": "97,22",
    "seberapa-yakin": "97,22",
    "suara": "Loketnya gelap",
    "ip-asn": "81,50",
}
INSIDE = sorted(PERMISSIONS[Action.SEE_INSIDE])
OUTSIDE = [Role.OPERATOR, Role.AUDITOR]


@pytest.fixture
def become(monkeypatch: pytest.MonkeyPatch) -> list[Acting]:
    people, real = list[Acting](), acting.who
    for name, module in list(sys.modules.items()):
        if name.startswith("survey_app.") and getattr(module, "who", None) is real:
            monkeypatch.setattr(module, "who", lambda: people[-1])
    return people


@pytest.fixture
def few(database: Database, unit: UnitEntry, tmp_path: Path) -> None:
    for i in range(3):
        said = "Loketnya gelap sekali" if i == 0 else None
        intake.accept(database, submission((4,) * 8 + (3,), comment=said), NOW)
    import_staff(database, tmp_path, staff("ptsp", *[(20, "31.5", 25, 5)] * 3), 2025, "ip-asn-2023")


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("path", FEW)
def test_a_value_of_few_people_is_shown_inside_only(
    open_page: OpenPage, become: list[Acting], path: str
) -> None:
    shown = {}
    for role in (*INSIDE, *OUTSIDE):
        become.append(Acting(role))
        app = open_page(path)
        assert not app.exception
        held = words_of(app)
        shown[role] = FEW[path] in held or FEW[path].replace(",", ".") in held
    assert shown == {role: role in INSIDE for role in (*INSIDE, *OUTSIDE)}


def test_an_unsur_that_few_answered_cannot_be_worked_out_from_the_others(
    open_page: OpenPage, become: list[Acting], database: Database, unit: UnitEntry
) -> None:
    """The index and the other eight would give it away, so outside none of them is in the heat map."""
    catalogue.create_unit(database, ADMIN, unit.agency.code, "loket", "Loket", time_zone="Asia/Makassar")
    samples.insert(database, "loket", [(3,) * 9] * 12, "2026-10")
    samples.insert(database, "ptsp", [(3,) * 8 + (4 if i < 2 else 0,) for i in range(12)], "2026-10")
    shown: dict[Role, list[str]] = {}
    for role in (Role.MANAGER, *OUTSIDE):
        become.append(Acting(role))
        app = open_page("perbandingan", tab="unsur")
        assert not app.exception
        row = html_of(app).partition(f">{unit.unit.name}</a>")[2].partition("</tr>")[0]
        shown[role] = re.findall(r">(\d\d,\d|–)<", row)
    nothing = ["–"] * 9
    assert shown == {Role.MANAGER: ["75,0"] * 8 + ["–"], Role.OPERATOR: nothing, Role.AUDITOR: nothing}


@pytest.mark.parametrize("path", ["unit", "seberapa-yakin"])
def test_scores_of_an_unsur_that_few_answered_are_shown_inside_only(
    open_page: OpenPage, become: list[Acting], database: Database, unit: UnitEntry, path: str
) -> None:
    samples.insert(database, "ptsp", [(3,) * 8 + (4 if i < 2 else 0,) for i in range(12)], "2026-10")
    for role in (Role.MANAGER, *OUTSIDE):
        become.append(Acting(role))
        app = open_page(path)
        assert not app.exception
        assert (one_unit.PARTS_HIDDEN.id in words_of(app)) == (role in OUTSIDE)


def test_every_page_of_results_is_looked_at() -> None:
    """Perbandingan is seen above; Keterkaitan needs ten units; Laporan asks who presses; Beranda leads on."""
    results = {spec.path for spec in PAGES if spec.action is Action.SEE_RESULTS}
    assert results - set(FEW) == {"beranda", "perbandingan", "keterkaitan", "laporan"}
