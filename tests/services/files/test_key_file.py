"""A secret of the server is made once, whole, and for its owner's eyes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from survey_app.errors import StorageError
from survey_app.services.files.key_file import load_key


def test_it_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "webhook.key"
    made = load_key(None, path, "x")
    assert len(made) == 64
    assert load_key(None, path, "x") == made
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["webhook.key"]


def test_of_several_that_make_it_at_once_all_have_the_same(tmp_path: Path) -> None:
    for turn in range(20):
        path, ready = tmp_path / f"{turn}.key", Barrier(4)

        def load(path: Path = path, ready: Barrier = ready) -> bytes:
            ready.wait()
            return load_key(None, path, "x")

        with ThreadPoolExecutor(4) as pool:
            assert len({one.result() for one in [pool.submit(load) for _ in range(4)]}) == 1


def test_half_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "webhook.key"
    path.touch(mode=0o600)
    path.write_text("k" * 31, encoding="ascii")
    path.chmod(0o600)
    with pytest.raises(StorageError, match="webhook-key"):
        load_key(None, path, "webhook-key")


def test_where_none_can_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("", encoding="ascii")
    with pytest.raises(StorageError, match="webhook-key"):
        load_key(None, tmp_path / "var" / "webhook.key", "webhook-key")
