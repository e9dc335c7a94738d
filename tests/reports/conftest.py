"""Reports read through services that are tested on both databases; one test here compares the bytes."""

from __future__ import annotations

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
