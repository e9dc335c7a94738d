"""Uploaded bytes as a file: inside a private folder whatever the name, and gone afterwards."""

from __future__ import annotations

import pytest

from survey_app.services.files.uploads import as_file


@pytest.mark.parametrize("name", ["pip.xlsx", "../../etc/pip.xlsx", "C:\\data\\pip.xlsx"])
def test_a_name_cannot_lead_out_of_the_folder(name: str) -> None:
    with as_file(name, b"bytes") as path:
        assert (path.name, path.read_bytes()) == ("pip.xlsx", b"bytes")
        assert path.parent.stat().st_mode & 0o777 == 0o700
    assert not path.parent.exists()


@pytest.mark.parametrize("name", ["", "..", "/"])
def test_a_name_that_says_nothing_gets_one(name: str) -> None:
    with as_file(name, b"") as path:
        assert path.name == "unggahan"
