"""Which role where claims mean: by a file whose every fault is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from survey_app.errors import SettingError
from survey_app.services.accounts import oidc_roles
from survey_app.services.places.acting import Role
from survey_app.services.places.scope import PROVINCE, Scope

ENTRIES: list[dict[str, Any]] = [
    {"claim": "groups", "value": "skm-admin", "role": "admin"},
    {"claim": "groups", "value": "skm-dukcapil", "role": "pengelola", "agency": "dukcapil"},
    {"claim": "groups", "value": "skm-loket", "role": "operator", "unit": "ptsp"},
    {"claim": ["realm_access", "roles"], "value": "lihat", "role": "auditor"},
    {"claim": "https://contoh.go.id/jabatan", "value": "kepala", "role": "pimpinan"},
    {"claim": "jabatan", "value": "kepala", "role": "pimpinan"},
]


def written(folder: Path, content: object) -> Path:
    path = folder / "peran.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"groups": ["skm-admin", "lain"]}, {(Role.ADMIN, PROVINCE)}),
        ({"groups": "skm-admin"}, {(Role.ADMIN, PROVINCE)}),
        (
            {"groups": ["skm-loket", "skm-dukcapil"]},
            {(Role.OPERATOR, Scope(unit="ptsp")), (Role.MANAGER, Scope(agency="dukcapil"))},
        ),
        ({"realm_access": {"roles": ["lihat"]}}, {(Role.AUDITOR, PROVINCE)}),
        ({"jabatan": "kepala", "https://contoh.go.id/jabatan": "kepala"}, {(Role.LEADERSHIP, PROVINCE)}),
        # A part of a word, another case, or another shape is not the value.
        ({"groups": "skm-admin-lama"}, set()),
        ({"groups": "skm-admin lain"}, set()),
        ({"groups": ["SKM-ADMIN"]}, set()),
        ({"groups": [["skm-admin"]]}, set()),
        ({"groups": {"skm-admin": True}}, set()),
        ({"realm_access": "roles"}, set()),
        ({"realm_access.roles": ["lihat"]}, set()),
        ({"groups": None}, set()),
        ({}, set()),
    ],
)
def test_roles_of_claims(tmp_path: Path, claims: dict[str, Any], expected: set[tuple[Role, Scope]]) -> None:
    assert oidc_roles.granted(oidc_roles.read(written(tmp_path, ENTRIES)), claims) == expected


def test_every_fault_is_named(tmp_path: Path) -> None:
    faults = [
        {"claim": "groups", "value": "x", "role": "publik"},
        {"claim": "groups", "value": "x", "role": "operator", "agency": "a", "unit": "u"},
        {"claim": [], "value": "x", "role": "operator"},
        {"claim": "groups", "value": True, "role": "operator"},
        {"claim": "groups", "role": "operator"},
        {"claim": "groups", "value": "x", "role": "operator", "instansi": "a"},
    ]
    with pytest.raises(SettingError) as caught:
        oidc_roles.read(written(tmp_path, [*ENTRIES, *faults]))
    assert caught.value.code == "oidc-roles-invalid"
    places = {problem.path.split("/")[1] for problem in caught.value.problems}
    assert places == {str(len(ENTRIES) + at) for at in range(len(faults))}


@pytest.mark.parametrize("content", ["{", "", "\ufeff[", "NaN x"])
def test_a_file_that_is_no_json(tmp_path: Path, content: str) -> None:
    with pytest.raises(SettingError) as caught:
        oidc_roles.read(written(tmp_path, content))
    assert caught.value.code == "oidc-roles-unreadable"


@pytest.mark.parametrize("content", [[], {}, "null"])
def test_a_file_without_a_rule(tmp_path: Path, content: object) -> None:
    with pytest.raises(SettingError) as caught:
        oidc_roles.read(written(tmp_path, content))
    assert caught.value.code == "oidc-roles-invalid"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        oidc_roles.read(tmp_path / "tidak-ada.json")
    assert caught.value.code == "oidc-roles-unreadable"
    assert "tidak-ada.json" in str(caught.value)


def test_the_schema_knows_every_role_that_an_account_may_have() -> None:
    schema = json.loads(oidc_roles._SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["items"]["properties"]["role"]["enum"]) == {role.value for role in Role} - {"publik"}
