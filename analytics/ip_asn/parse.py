"""Rule-set data (a mapping read from a file) to a Ruleset, or a list of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from analytics.ip_asn.ruleset import (
    DIMENSIONS,
    CategoryBand,
    CompetenceGroup,
    CompetencePart,
    Level,
    Problem,
    Ruleset,
    RulesetError,
)
from analytics.ip_asn.ruleset_checks import problems


def parse_ruleset(data: Mapping[str, Any]) -> Ruleset:
    """Read a rule set as in data/rulesets and check its meaning. Its shape is the JSON Schema's matter.

    Raises:
        RulesetError: with every problem found.
    """
    try:
        ruleset = _read(data)
    except (KeyError, TypeError, ArithmeticError, AttributeError) as error:
        problem = Problem("shape", "/", repr(error), "a rule set of the shape in ruleset.schema.json")
        raise RulesetError((problem,)) from error
    found_all = problems(ruleset)
    if found_all:
        raise RulesetError(found_all)
    return ruleset


def _read(data: Mapping[str, Any]) -> Ruleset:
    rules: Mapping[str, Any] = data.get("records") or {}
    kinerja: Mapping[str, Any] = rules.get("kinerja", {})
    disiplin: Mapping[str, Any] = rules.get("disiplin", {})
    return Ruleset(
        id=data["id"],
        title_id=data["title"]["id"],
        title_en=data["title"]["en"],
        first_year=data["years"]["from"],
        last_year=data["years"]["to"],
        unknown=tuple(data["unknown"]),
        computes=bool(rules),
        break_before=data["break_before"],
        kompetensi_kinerja=data["kompetensi_kinerja"],
        maxima=tuple(_number(data["maxima"][dimension]) for dimension in DIMENSIONS),
        kualifikasi=_levels(rules.get("kualifikasi", ())),
        kompetensi=tuple(_group(g) for g in rules.get("kompetensi", ())),
        rated_by=kinerja.get("rated_by", ""),
        kinerja=_levels(kinerja.get("levels", ())),
        disiplin=_levels(disiplin.get("levels", ())),
        lookback_years=disiplin.get("lookback_years", 0),
        categories=tuple(
            CategoryBand(b["name"], _number(b["low"]), _number(b["high"])) for b in data["categories"]
        ),
    )


def _group(data: Mapping[str, Any]) -> CompetenceGroup:
    parts = tuple(
        CompetencePart(
            p["kind"], _number(p["score"]), p.get("years"), p.get("min_jp"), p.get("for_post", False)
        )
        for p in data["parts"]
    )
    return CompetenceGroup(data["key"], tuple(data["jabatan"]), parts)


def _levels(data: Any) -> tuple[Level, ...]:
    return tuple(
        Level(d["name"], _number(d["score"]), _number(d["low"]) if "low" in d else None) for d in data
    )


def _number(value: int | float | str) -> Decimal:
    return Decimal(str(value))
