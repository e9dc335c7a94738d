"""Addresses that leave the device: where the operator says, else where this browser is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from analytics.period import Period
from survey_app.ui import links


def test_citizens_are_sent_to_the_public_address_and_else_to_where_the_browser_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    context = SimpleNamespace(url="http://10.0.0.5:8501/armada?lang=en")
    monkeypatch.setattr("streamlit.context", context)
    monkeypatch.delenv("SURVEY_PUBLIC_URL", raising=False)
    assert links.base_url() == "http://10.0.0.5:8501"
    monkeypatch.setenv("SURVEY_PUBLIC_URL", "https://survei.kaltimprov.go.id")
    assert links.base_url() == "https://survei.kaltimprov.go.id"


def test_a_unit_is_opened_in_the_period_and_language_that_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.query_params", {"period": "2026-TW3", "lang": "en"})
    assert links.result("ptsp") == "/unit?unit=ptsp&period=2026-TW3&lang=en"
    assert links.result("ptsp", Period.parse("2026")) == "/unit?unit=ptsp&period=2026&lang=en"
