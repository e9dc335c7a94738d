"""Rule-set files: every file in data/rulesets is valid, and every kind of damage is named with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.ip_asn import RulesetError, parse_ruleset
from survey_app.errors import InstrumentError, NotFound
from survey_app.rulesets import get, read, ruleset_ids

FOLDER = Path(__file__).parents[1] / "data/rulesets"
GOOD: dict[str, Any] = json.loads((FOLDER / "ip-asn-2019.json").read_text(encoding="utf-8"))
Damage = Callable[[dict[str, Any]], object]


def write(folder: Path, data: object, name: str = "ip-asn-2019") -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def problems_of(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InstrumentError) as error:
        read(path)
    assert error.value.code == "ruleset-invalid"
    assert all(p.text.id and p.text.en and "{got}" not in p.text.id for p in error.value.problems)
    return [(p.code.removeprefix("ruleset-"), p.path) for p in error.value.problems]


def damaged(damage: Damage) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    damage(data)
    return data


def test_there_are_three_dated_rule_sets_and_each_is_valid() -> None:
    assert ruleset_ids() == ("ip-asn-2019", "ip-asn-2022", "ip-asn-2023")
    years = {i: (get(i).first_year, get(i).last_year) for i in ruleset_ids()}
    assert years == {"ip-asn-2019": (2018, 2022), "ip-asn-2022": (2022, 2022), "ip-asn-2023": (2023, None)}


def test_an_unknown_rule_set_names_those_that_exist() -> None:
    with pytest.raises(NotFound) as error:
        get("../secrets")
    assert error.value.code == "ruleset-unknown"
    assert "ip-asn-2019, ip-asn-2022, ip-asn-2023" in error.value.text.id


SHAPE: list[tuple[Damage, str]] = [
    (lambda d: d.pop("categories"), "/"),
    (lambda d: d.update(extra=1), "/"),
    (lambda d: d["maxima"].update(kinerja="30"), "/maxima/kinerja"),
    (lambda d: d["years"].update({"from": 1900}), "/years/from"),
    (lambda d: d["categories"][2].pop("high"), "/categories/2"),
    (lambda d: d["records"].update(kompetensi=[]), "/records"),
]


@pytest.mark.parametrize(("damage", "path"), SHAPE)
def test_a_wrong_shape_is_found_by_the_schema(tmp_path: Path, damage: Damage, path: str) -> None:
    assert problems_of(write(tmp_path, damaged(damage))) == [("schema", path)]


MEANING: list[tuple[Damage, str, str]] = [
    (lambda d: d["maxima"].update(kinerja=29), "maxima-sum", "/maxima"),
    (lambda d: d["years"].update(to=2017), "years-order", "/years"),
    (lambda d: d["categories"][0].update(low=1), "categories-range", "/categories"),
    (lambda d: d["categories"][4].update(high=99), "categories-range", "/categories"),
    (lambda d: d["categories"][2].update(low=70), "categories-order", "/categories/2"),
    (lambda d: d["categories"][1].update(name="Sedang"), "name-twice", "/categories"),
    (lambda d: d["records"]["kualifikasi"][0].update(score=24), "level-maximum", "/records/kualifikasi"),
    (lambda d: d["records"]["kualifikasi"][8].update(score=6), "level-order", "/records/kualifikasi"),
    (lambda d: d["records"]["disiplin"]["levels"][1].update(name="berat"), "name-twice", "/records/disiplin"),
    (lambda d: d["records"]["kinerja"]["levels"][1].update(low=95), "rating-order", "/records/kinerja"),
    (lambda d: d["records"]["kinerja"]["levels"][1].pop("low"), "rating-order", "/records/kinerja"),
    (lambda d: d["records"]["kinerja"].update(rated_by="predicate"), "rating-order", "/records/kinerja"),
    (
        lambda d: d["records"]["kompetensi"][0]["parts"][0].update(score=14),
        "kompetensi-sum",
        "/records/kompetensi/0",
    ),
    (
        lambda d: d["records"]["kompetensi"][1]["jabatan"].append("pelaksana"),
        "name-twice",
        "/records/kompetensi",
    ),
    (lambda d: d.update(records=None), "unknown-empty", "/unknown"),
]


@pytest.mark.parametrize(("damage", "code", "path"), MEANING)
def test_a_wrong_meaning_is_found_after_the_shape(
    tmp_path: Path, damage: Damage, code: str, path: str
) -> None:
    assert (code, path) in problems_of(write(tmp_path, damaged(damage)))


def test_all_problems_are_listed_and_not_only_the_first(tmp_path: Path) -> None:
    def damage(d: dict[str, Any]) -> None:
        d["maxima"]["kinerja"] = 29
        d["years"]["to"] = 2017

    found = [code for code, _ in problems_of(write(tmp_path, damaged(damage)))]
    assert found == ["maxima-sum", "years-order", "level-maximum"]


def test_a_file_that_is_no_json_or_not_utf8(tmp_path: Path) -> None:
    for content in (b"{", b"\xff\xfe"):
        path = tmp_path / "ip-asn-2019.json"
        path.write_bytes(content)
        assert problems_of(path) == [("json", "")]


def test_the_file_name_is_the_id(tmp_path: Path) -> None:
    assert problems_of(write(tmp_path, GOOD, "ip-asn-2020")) == [("filename", "/id")]


def test_parsing_without_the_schema_still_names_a_wrong_shape() -> None:
    for data in ({}, {**GOOD, "maxima": 3}, {**GOOD, "categories": [{"name": "A", "low": "x", "high": 1}]}):
        with pytest.raises(RulesetError) as error:
            parse_ruleset(data)
        assert [p.code for p in error.value.problems] == ["shape"]
