"""Settings: what they mean, and values that would let nobody in, everybody stay, or nothing be kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from survey_app import settings
from survey_app.errors import SettingError
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


MONTHS = ("COMMENTS", "PROFILES", "DEVICES", "AUDIT")


def test_how_long_personal_data_are_kept_is_set_in_months_for_each_kind() -> None:
    assert settings.load({}).retention == settings.Retention(comments=24, profiles=24, devices=6, audit=24)
    given = {f"SURVEY_KEEP_{kind}_MONTHS": str(7 + i) for i, kind in enumerate(MONTHS)}
    assert settings.load(given).retention == settings.Retention(comments=7, profiles=8, devices=9, audit=10)


@pytest.mark.parametrize("kind", MONTHS)
@pytest.mark.parametrize("value", ["0", "2", "-6", "12.5", "121", "1e1", "", "nan", "six", "٦", " 6"])
def test_a_time_that_results_or_flags_could_not_live_with_is_refused(kind: str, value: str) -> None:
    with pytest.raises(ValueError, match="must be a whole number from"):
        settings.load({f"SURVEY_KEEP_{kind}_MONTHS": value})


def test_the_contact_is_a_name_with_a_way_to_reach_it() -> None:
    assert settings.load({}).contact is None
    assert settings.load({"SURVEY_CONTACT_NAME": " "}).contact is None
    given = {"SURVEY_CONTACT_NAME": "Biro Organisasi", "SURVEY_CONTACT_PHONE": "+62 541 733-333"}
    found = settings.load(given).contact
    assert found is not None
    assert (found.name, found.ways) == ("Biro Organisasi", ("+62 541 733-333",))
    for name in given:
        with pytest.raises(ValueError, match="set SURVEY_CONTACT_NAME and one of"):
            settings.load({name: given[name]})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NAME", "Biro\nOrganisasi"),
        ("NAME", "Biro \u202eisasinagrO"),
        ("ADDRESS", "x" * 201),
        ("EMAIL", "biro.contoh.go.id"),
        ("EMAIL", "a@b@contoh.go.id"),
        ("EMAIL", "biro@localhost"),
        ("PHONE", "tanya loket"),
        ("PHONE", "123"),
    ],
)
def test_a_contact_that_is_no_line_of_its_kind_is_refused(name: str, value: str) -> None:
    whole = {"SURVEY_CONTACT_NAME": "Biro", "SURVEY_CONTACT_ADDRESS": "Jalan Gajah Mada 2"}
    with pytest.raises(ValueError, match=f"SURVEY_CONTACT_{name} must be one line"):
        settings.load({**whole, f"SURVEY_CONTACT_{name}": value})


def test_networks_for_webhooks_are_written_as_networks() -> None:
    assert settings.load({}).webhook_networks == ()
    found = settings.load({"SURVEY_WEBHOOK_NETWORKS": "10.20.0.0/16, fd00::/8"}).webhook_networks
    assert [str(network) for network in found] == ["10.20.0.0/16", "fd00::/8"]
    for wrong in ("10.20.0.1/16", "here", "10.20.0.0/16;10.21.0.0/16"):
        with pytest.raises(ValueError, match="SURVEY_WEBHOOK_NETWORKS must look like"):
            settings.load({"SURVEY_WEBHOOK_NETWORKS": wrong})


def test_a_short_secret_of_webhooks_is_refused() -> None:
    assert settings.load({"SURVEY_WEBHOOK_KEY": ""}).webhook_key is None
    right, short = (settings.load({"SURVEY_WEBHOOK_KEY": "k" * length}) for length in (32, 31))
    assert right.webhook_key is not None
    assert right.webhook_key.read() == "k" * 32
    with pytest.raises(SettingError, match="secret-short"):
        short.check_secrets()
