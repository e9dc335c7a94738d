"""Secrets of an operator: each may stand in a file that only its owner may read, or no server starts."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette

from survey_app import settings
from survey_app.errors import SettingError
from survey_app.pages import serving
from survey_app.secret_settings import Secret, read_private
from survey_app.services.process import runtime
from survey_app.settings import Settings
from survey_app.storage.database import Database
from survey_app.web import asgi
from tests import loops

SECRET = "postgresql://survei:kata-sandi@127.0.0.1/survei"
#: Each setting that is a secret, with what it takes beside it.
OIDC = {
    "SURVEY_OIDC_ISSUER": "https://masuk.contoh.go.id",
    "SURVEY_OIDC_CLIENT_ID": "survei",
    "SURVEY_OIDC_ROLES": "/etc/survei/peran.json",
}
SECRETS = {"DATABASE_URL": {}, "SURVEY_PSEUDONYM_KEY": {}, "SURVEY_OIDC_CLIENT_SECRET": OIDC}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a secret, as an editor leaves it, of its owner alone."""
    path = tmp_path / "rahasia"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def of(found: Settings, name: str) -> Secret | None:
    return {
        "DATABASE_URL": found.database,
        "SURVEY_PSEUDONYM_KEY": found.pseudonym_key,
        "SURVEY_OIDC_CLIENT_SECRET": None if found.oidc is None else found.oidc.client_secret,
    }[name]


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_set_as_it_is_or_as_a_file(name: str, file: Path) -> None:
    for given in ({name: SECRET}, {f"{name}_FILE": str(file)}, {name: "", f"{name}_FILE": str(file)}):
        found = settings.load({**SECRETS[name], **given})
        secret = of(found, name)
        assert secret is not None
        assert secret.read() == SECRET
        found.check_secrets()
        assert "kata-sandi" not in repr(found)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_that_is_set_twice_is_none(name: str, file: Path) -> None:
    with pytest.raises(ValueError, match=f"set one of {name} and {name}_FILE"):
        settings.load({**SECRETS[name], name: SECRET, f"{name}_FILE": str(file)})


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o777])
def test_a_file_that_others_may_read_or_change_starts_no_server(name: str, mode: int, file: Path) -> None:
    file.chmod(mode)
    found = settings.load({**SECRETS[name], f"{name}_FILE": str(file)})
    with pytest.raises(SettingError, match="secret-open") as caught:
        found.check_secrets()
    assert f"chmod 600 {file}" in caught.value.text.id
    assert f"chmod 600 {file}" in caught.value.text.en
    assert "kata-sandi" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff"])
def test_a_file_without_a_secret_starts_no_server(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "rahasia"
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o600)
    with pytest.raises(SettingError, match="secret-unreadable"):
        settings.load({"DATABASE_URL_FILE": str(path)}).check_secrets()


def test_the_key_that_is_made_at_first_use_is_looked_at_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o644)
    monkeypatch.setattr(settings, "ROOT", file.parent)
    (file.parent / "var").mkdir()
    file.rename(file.parent / "var" / "pseudonym.key")
    with pytest.raises(SettingError, match="secret-open"):
        settings.load({}).check_secrets()
    with pytest.raises(SettingError, match="secret-open"):
        runtime.pseudonym_key()


@pytest.mark.parametrize("lifespan", [serving.lifespan, asgi._lifespan])
def test_both_servers_look_before_they_serve(
    lifespan: object, file: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.chmod(0o644)
    monkeypatch.setenv("SURVEY_PSEUDONYM_KEY_FILE", str(file))
    monkeypatch.setattr(runtime, "database", lambda: database)

    async def start() -> None:
        async with lifespan(Starlette()):  # type: ignore[operator]
            raise AssertionError("it serves")

    with pytest.raises(SettingError, match="secret-open"):
        loops.run(start())


def test_a_process_that_reads_files_of_strangers_knows_none(file: Path) -> None:
    given = dict.fromkeys(SECRETS, SECRET) | {f"{name}_FILE": str(file) for name in SECRETS}
    more = {"STREAMLIT_SERVER_COOKIE_SECRET": SECRET, "PGPASSWORD": SECRET, "PATH": "/bin"}
    assert settings.of_others({**given, **more}) == {"PATH": "/bin"}


def test_a_link_to_a_file_is_judged_by_the_file(file: Path) -> None:
    """As systems for containers put secrets into place."""
    link = file.parent / "tautan"
    link.symlink_to(file)
    assert read_private(link) == SECRET
    file.chmod(0o644)
    with pytest.raises(SettingError, match="secret-open"):
        read_private(link)


def test_the_page_of_settings_names_each_with_its_file() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in SECRETS if f"`{name}_FILE`" not in page] == []
