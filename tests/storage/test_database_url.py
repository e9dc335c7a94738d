"""An address of a database that cannot be used is refused without repeating the password in it."""

from __future__ import annotations

import traceback

import pytest

from survey_app.errors import SettingError
from survey_app.storage.backup import back_up
from survey_app.storage.database import create_engine

PASSWORDS = ("hushhush@here", "hushhush:x@here")


@pytest.mark.parametrize(
    "url",
    [
        *(f"postgresql://survey:{password}@db/survey" for password in PASSWORDS),
        "hushhush",
        "postgresql://survey:hushhush@db:x/survey",
        "mysql://survey:hushhush@db/survey",
    ],
)
def test_a_password_with_bare_signs_is_not_told_to_the_log(url: str, tmp_path: object) -> None:
    for use in (create_engine, lambda given: back_up(given, tmp_path / "x")):  # type: ignore[operator]
        with pytest.raises(SettingError, match="database-url") as refused:
            use(url)
        assert "hush" not in "".join(traceback.format_exception_only(refused.value))
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_a_password_with_written_signs_is_taken() -> None:
    engine = create_engine("postgresql://survey:hush%40here%2F@db/survey")
    assert (engine.url.host, engine.url.password) == ("db", "hush@here/")
