"""What an operator sets of a provider: whole, guarded, or refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from survey_app import settings
from survey_app.services.process import oidc_door

SET = {
    "SURVEY_OIDC_ISSUER": "https://masuk.contoh.go.id/realms/pemprov",
    "SURVEY_OIDC_CLIENT_ID": "survei",
    "SURVEY_OIDC_CLIENT_SECRET": "rahasia",
    "SURVEY_OIDC_ROLES": "/etc/survei/peran.json",
}


def test_without_an_issuer_there_is_no_provider() -> None:
    assert settings.load({name: value for name, value in SET.items() if "ISSUER" not in name}).oidc is None


def test_what_is_set_is_taken_to_the_letter() -> None:
    found = settings.load(SET).oidc
    assert found is not None
    assert (found.issuer, found.name) == (SET["SURVEY_OIDC_ISSUER"], "SSO")
    assert found.scopes == "openid profile email"
    assert found.roles == Path("/etc/survei/peran.json")
    assert settings.load({**SET, "SURVEY_OIDC_ISSUER": "http://127.0.0.1:9400"}).oidc is not None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SURVEY_OIDC_ISSUER": "http://masuk.contoh.go.id"}, "SURVEY_OIDC_ISSUER"),
        ({"SURVEY_OIDC_ISSUER": "masuk.contoh.go.id"}, "SURVEY_OIDC_ISSUER"),
        ({"SURVEY_OIDC_ISSUER": "https://a:b@masuk.contoh.go.id"}, "SURVEY_OIDC_ISSUER"),
        ({"SURVEY_OIDC_ISSUER": "https://masuk.contoh.go.id?x"}, "SURVEY_OIDC_ISSUER"),
        ({"SURVEY_OIDC_CLIENT_ID": ""}, "SURVEY_OIDC_CLIENT_ID"),
        ({"SURVEY_OIDC_ROLES": ""}, "SURVEY_OIDC_ROLES"),
        ({"SURVEY_OIDC_CLIENT_SECRET": ""}, "SURVEY_OIDC_CLIENT_SECRET_FILE"),
        ({"SURVEY_OIDC_CLIENT_SECRET_FILE": "/run/rahasia"}, "SURVEY_OIDC_CLIENT_SECRET_FILE"),
    ],
    ids=str,
)
def test_half_a_provider_does_not_start(change: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        settings.load({**SET, **change})


def test_the_provider_knows_its_secret_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "rahasia"
    path.write_text("dari-berkas", encoding="utf-8")
    path.chmod(0o600)
    given = {**SET, "SURVEY_OIDC_CLIENT_SECRET": "", "SURVEY_OIDC_CLIENT_SECRET_FILE": str(path)}
    config = settings.load(given).oidc
    assert config is not None
    door = oidc_door.OidcDoor(config)
    assert door.provider().client.secret == "dari-berkas"
    assert door.provider() is door.provider()
