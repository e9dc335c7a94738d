"""Which addresses are worth printing."""

from __future__ import annotations

import pytest

from survey_app.services.process.reachable import warning


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:8501", "http://127.8.9.1", "http://localhost:8501", "http://[::1]:8501"),
        *("http://0.0.0.0:8501", "http://survei.localhost"),
    ],
)
def test_an_address_of_this_machine_is_never_meant(url: str) -> None:
    for public in (None, url):
        text = warning(url, public)
        assert text is not None
        assert url in text.id
        assert "SURVEY_PUBLIC_URL" in text.en


@pytest.mark.parametrize(
    "url",
    [
        *("http://192.168.1.20:8000", "http://10.0.0.5", "http://172.16.3.4", "http://169.254.1.1"),
        *("http://100.64.0.1", "http://[fd00::1]", "http://server-survei", "http://survei.local"),
    ],
)
def test_an_address_of_the_office_s_network_may_be_meant(url: str) -> None:
    text = warning(url, None)
    assert text is not None
    assert "jaringan kantor" in text.id
    assert warning(url + "/", url) is None


@pytest.mark.parametrize("url", ["https://survei.kaltimprov.go.id", "http://103.28.52.1", "://", ""])
def test_any_other_address_needs_no_warning(url: str) -> None:
    assert warning(url, None) is None
