"""Settings of signing in: what they mean, and values that would let nobody in or everybody stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app import settings
from survey_app.services.accounts.sessions import SessionTimes
from survey_app.services.process import runtime


def test_how_long_a_session_lasts_is_set_in_minutes_and_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    assert runtime.session_times() == SessionTimes()
    monkeypatch.setenv("SURVEY_SESSION_IDLE_MINUTES", "30")
    monkeypatch.setenv("SURVEY_SESSION_HOURS", "8")
    assert runtime.session_times() == SessionTimes(idle=timedelta(minutes=30), longest=timedelta(hours=8))


@pytest.mark.parametrize("name", ["SURVEY_SESSION_IDLE_MINUTES", "SURVEY_SESSION_HOURS"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e9", "", "an hour"])
def test_no_session_is_endless_or_over_before_it_begins(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"must be from|could not convert"):
        settings.load({name: value})


@pytest.mark.parametrize(("value", "demo"), [("1", True), ("", False), ("0", False), ("false", False)])
def test_the_demonstration_is_asked_for_in_one_way(value: str, demo: bool) -> None:
    assert settings.load({"SURVEY_DEMO": value}).demo is demo


def test_networks_for_webhooks_are_written_as_networks() -> None:
    assert settings.load({}).webhook_networks == ()
    found = settings.load({"SURVEY_WEBHOOK_NETWORKS": "10.20.0.0/16, fd00::/8"}).webhook_networks
    assert [str(network) for network in found] == ["10.20.0.0/16", "fd00::/8"]
    for wrong in ("10.20.0.1/16", "here", "10.20.0.0/16;10.21.0.0/16"):
        with pytest.raises(ValueError, match="SURVEY_WEBHOOK_NETWORKS must look like"):
            settings.load({"SURVEY_WEBHOOK_NETWORKS": wrong})


def test_a_short_secret_of_webhooks_is_refused() -> None:
    assert settings.load({"SURVEY_WEBHOOK_KEY": ""}).webhook_key is None
    assert settings.load({"SURVEY_WEBHOOK_KEY": "k" * 32}).webhook_key == "k" * 32
    with pytest.raises(ValueError, match="at least 32"):
        settings.load({"SURVEY_WEBHOOK_KEY": "k" * 31})
