"""Kinds of units: the list that a province may change, and the kind that is said of a unit."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from survey_app.errors import InstrumentError, NotFound
from survey_app.instruments import DATA
from survey_app.services.places import catalogue, setup
from survey_app.services.places.acting import ADMIN
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.scope import PROVINCE
from survey_app.services.places.unit_kind import set_kind
from survey_app.services.places.unit_kinds import kind_name, kinds, known_kind, parse
from survey_app.storage.database import Database

FILE = json.loads((DATA / "reference/unit-kinds.json").read_text(encoding="utf-8"))


def _kind(database: Database, code: str) -> str | None:
    return catalogue.find_unit(database, code, PROVINCE).unit.kind


def test_the_list_has_kinds_in_both_languages_and_ends_with_what_is_of_none() -> None:
    assert len(kinds()) >= 12
    assert kind_name("samsat").en == "Samsat and vehicle tax"
    assert list(kinds())[-1] == "lainnya"
    assert (known_kind(None), known_kind(""), known_kind("samsat")) == (None, None, "samsat")


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        (lambda k: k.clear(), "kinds-none", "kinds"),
        (lambda k: k.update({"Rumah Sakit": {"id": "X", "en": "Y"}}), "kinds-key", "Rumah Sakit"),
        (lambda k: k.update({"a" * 41: {"id": "X", "en": "Y"}}), "kinds-key", "a" * 41),
        (lambda k: k.update({"pasar": {"id": "Pasar"}}), "kinds-name", "pasar"),
        (lambda k: k.update({"pasar": {"id": " ", "en": "Markets"}}), "kinds-name", "pasar"),
        (lambda k: k.update({"kerja": {"id": "Kerja", "en": "Education"}}), "kinds-repeated", "Education"),
    ],
)
def test_a_list_that_cannot_be_right_is_refused(
    change: Callable[[dict[str, Any]], None], code: str, path: str
) -> None:
    data = copy.deepcopy(FILE)
    change(data["kinds"])
    with pytest.raises(InstrumentError, match="kinds-invalid") as refused:
        parse(data)
    assert (code, path) in {(p.code, p.path) for p in refused.value.problems}


def test_the_kind_of_a_unit_is_not_known_until_it_is_said(database: Database, unit: UnitEntry) -> None:
    code = unit.unit.code
    assert _kind(database, code) is None
    set_kind(database, ADMIN, code, "perizinan")
    assert _kind(database, code) == "perizinan"
    with pytest.raises(NotFound, match="kind-unknown"):
        set_kind(database, ADMIN, code, "kedai")
    assert _kind(database, code) == "perizinan"
    set_kind(database, ADMIN, code, None)
    assert _kind(database, code) is None


def test_a_unit_can_begin_with_its_kind(database: Database, unit: UnitEntry) -> None:
    made = setup.add_unit(database, ADMIN, unit.agency.name, "Samsat", "Asia/Makassar", kind="samsat")
    assert (made.unit.kind, _kind(database, made.unit.code)) == ("samsat", "samsat")
    with pytest.raises(NotFound, match="kind-unknown"):
        setup.add_unit(database, ADMIN, unit.agency.name, "Lain", "Asia/Makassar", kind="kedai")
    assert len(catalogue.list_units(database, PROVINCE)) == 2


def test_a_kind_that_the_list_has_no_more_is_called_by_its_key() -> None:
    assert kind_name("pasar-lama").id == "pasar-lama (tidak ada di daftar)"
