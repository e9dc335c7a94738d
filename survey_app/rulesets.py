"""Rule-set files of IP ASN: shape by JSON Schema, then meaning; either way every problem is listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from analytics.ip_asn import Problem, Ruleset, RulesetError, parse_ruleset

_DATA = Path(__file__).parents[1] / "data"


def ruleset_ids(folder: Path = _DATA / "rulesets") -> tuple[str, ...]:
    """Identifiers of the rule sets in `folder`, oldest first."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def load_ruleset(ruleset_id: str, folder: Path = _DATA / "rulesets") -> Ruleset:
    """Read and check the rule set `ruleset_id`.

    Raises:
        RulesetError: code `unknown-ruleset` if there is no such file; otherwise every problem of the file.
    """
    if ruleset_id not in ruleset_ids(folder):
        expected = ", ".join(ruleset_ids(folder))
        raise RulesetError((Problem("unknown-ruleset", "/id", ruleset_id, f"one of {expected}"),))
    return read_ruleset(folder / f"{ruleset_id}.json")


def read_ruleset(path: Path) -> Ruleset:
    """Read and check one file, whose name must be the rule set's id.

    Raises:
        RulesetError: code `json` for a file that is no JSON, `schema` for a wrong shape, `id-filename`, or
            the codes of analytics.ip_asn.parse_ruleset.
    """
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RulesetError((Problem("json", "/", str(error), "a JSON file in UTF-8"),)) from error
    shape = _shape_problems(data)
    if shape:
        raise RulesetError(shape)
    if data["id"] != path.stem:
        raise RulesetError((Problem("id-filename", "/id", data["id"], path.stem),))
    return parse_ruleset(data)


def _shape_problems(data: Any) -> tuple[Problem, ...]:
    schema = json.loads((_DATA / "schemas/ruleset.schema.json").read_text(encoding="utf-8"))
    errors = Draft202012Validator(schema).iter_errors(data)
    return tuple(
        Problem("schema", "/" + "/".join(map(str, e.absolute_path)), repr(e.instance)[:80], e.message[:200])
        for e in sorted(errors, key=lambda e: list(map(str, e.absolute_path)))
    )
