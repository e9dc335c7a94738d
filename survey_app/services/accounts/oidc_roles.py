"""Which role where the claims of somebody mean: the operator's file, read, checked and applied."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from survey_app.errors import Problem, SettingError
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import Scope
from survey_app.text import Text

_SCHEMA = Path(__file__).parents[3] / "data/schemas/oidc-roles.schema.json"
_UNREADABLE = Text(
    "Berkas peran {path} tidak dapat dibaca: {detail}.", "The file of roles {path} cannot be read: {detail}."
)
_INVALID = Text("Berkas peran {path} tidak sah.", "The file of roles {path} is not valid.")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Whose claim at `path` is `value`, or a list with it, has a role at a place."""

    path: tuple[str, ...]
    value: str
    role: Role
    scope: Scope

    def fits(self, claims: Mapping[str, Any]) -> bool:
        found: Any = claims
        for name in self.path:
            if not isinstance(found, Mapping):
                return False
            found = found.get(name)
        return self.value in found if isinstance(found, list) else found == self.value


def read(path: Path) -> tuple[Rule, ...]:
    """The rules of a file, in its order.

    Raises:
        SettingError: `oidc-roles-unreadable` for a file that is not there or no JSON in UTF-8,
            `oidc-roles-invalid` with every problem of its shape.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        text = _UNREADABLE.format(path=path, detail=str(error).rstrip("."))
        raise SettingError("oidc-roles-unreadable", text) from error
    if problems := [_problem(error) for error in _validator().iter_errors(entries)]:
        raise SettingError("oidc-roles-invalid", _INVALID.format(path=path), problems)
    return tuple(_rule(entry) for entry in entries)


def granted(rules: Sequence[Rule], claims: Mapping[str, Any]) -> frozenset[tuple[Role, Scope]]:
    """The roles that somebody with these claims has, each once."""
    return frozenset((rule.role, rule.scope) for rule in rules if rule.fits(claims))


def _rule(entry: Mapping[str, Any]) -> Rule:
    claim = entry["claim"]
    return Rule(
        path=(claim,) if isinstance(claim, str) else tuple(claim),
        value=entry["value"],
        role=Role(entry["role"]),
        scope=Scope(agency=entry.get("agency"), unit=entry.get("unit")),
    )


def _problem(error: Any) -> Problem:
    path = "/" + "/".join(map(str, error.absolute_path))
    return Problem.of("oidc-roles-schema", path, "{detail}.", "{detail}.", detail=error.message[:200])


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")))
