"""Public reads are worked out once for all who ask, and never later than they say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.services.disclosure import public_results
from survey_app.storage.database import Database
from survey_app.web import public_page
from survey_app.web.kept import HALF_A_MINUTE, Kept
from survey_app.web.routes import routes
from tests.loops import run
from tests.reports import samples
from tests.services.disclosure.test_public_results import publish
from tests.submissions import NOW


@dataclass
class Counted:
    """Something to work out that says how often it was."""

    times: int = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@dataclass
class World:
    """What a kept page depends on."""

    published: int = 0
    now: datetime = NOW
    kept: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.kept = Kept(lambda: self.published, lambda: self.now)


def test_all_who_ask_at_once_are_answered_by_one_reading() -> None:
    async def ask() -> None:
        counted, kept = Counted(), World().kept
        found = await asyncio.gather(*(kept.read("page", counted) for _ in range(50)))
        assert set(found) == {1}
        assert counted.times == 1

    run(ask())


def test_what_is_published_is_seen_at_once_and_the_rest_within_half_a_minute() -> None:
    async def ask() -> None:
        world, counted = World(), Counted()
        assert await world.kept.read("page", counted) == 1
        world.published += 1
        assert await world.kept.read("page", counted) == 2
        world.now += timedelta(seconds=HALF_A_MINUTE)
        assert await world.kept.read("page", counted) == 3
        # A clock that was set back keeps nothing for longer.
        world.now -= timedelta(days=1)
        assert await world.kept.read("page", counted) == 4

    run(ask())


def test_a_page_is_drawn_again_only_for_something_else() -> None:
    async def ask() -> None:
        counted, kept = Counted(), World().kept
        assert await kept.made_of(("a",), "page", counted) == 1
        assert await kept.made_of(("a",), "page", counted) == 1
        assert await kept.made_of(("b",), "page", counted) == 2
        assert await kept.made_of(("b",), "another", counted) == 3

    run(ask())


def test_an_error_is_not_kept() -> None:
    async def ask() -> None:
        kept = World().kept

        def fails() -> int:
            raise LookupError("away")

        with pytest.raises(LookupError):
            await kept.read("page", fails)
        assert await kept.read("page", lambda: 7) == 7

    run(ask())


def test_what_was_not_asked_for_longest_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey_app.web.kept._MAX_KEPT", 2)

    async def ask() -> None:
        counted, kept = Counted(), World().kept
        for key in ("a", "b", "a", "c"):
            await kept.read(key, counted)
        assert counted.times == 3
        assert await kept.read("a", counted) == 1
        assert await kept.read("b", counted) == 4

    run(ask())


@pytest.fixture
def reading(database: Database, monkeypatch: pytest.MonkeyPatch) -> tuple[TestClient, list[str]]:
    """A client of a province that has published, and what was read and drawn for it so far."""
    samples.sekadau(database)
    publish(database, "2019-S1")
    done: list[str] = []
    for module, name in (
        (public_results, "latest"),
        (public_results, "of_unit"),
        (public_page, "index_html"),
        (public_page, "unit_html"),
    ):
        real = getattr(module, name)

        def noted(*args: object, _real: Callable[..., object] = real, _name: str = name) -> object:
            done.append(_name)
            return _real(*args)

        monkeypatch.setattr(module, name, noted)
    app = Starlette(routes=routes(lambda: database, lambda: NOW))
    return TestClient(app), done


def test_a_page_and_its_data_are_read_once(reading: tuple[TestClient, list[str]]) -> None:
    client, done = reading
    first = client.get("/hasil").content
    assert client.get("/hasil?anything=else").content == first
    assert client.get("/hasil?lang=en").content != first
    assert client.get("/hasil.csv").content == client.get("/hasil.csv").content
    for path in ("", "?lang=id", "?period=2019-S1", ".csv", ".json"):
        assert client.get(f"/hasil/sekadau{path}").status_code == 200
    for period in ("2019-S2", "2019-03", "no"):
        assert client.get(f"/hasil/sekadau?period={period}").status_code == 404
    assert done == ["latest", "index_html", "index_html", "of_unit", "unit_html"]


def test_a_search_draws_what_was_read_for_all(reading: tuple[TestClient, list[str]]) -> None:
    client, done = reading
    assert "Kabupaten Sekadau" in client.get("/hasil?q=sekadau").text
    assert "Kabupaten Sekadau" not in client.get("/hasil?q=berau").text
    assert done == ["latest", "index_html", "index_html"]


def test_a_new_version_is_on_the_page_at_once(
    database: Database, reading: tuple[TestClient, list[str]]
) -> None:
    client, _ = reading
    assert "versi 1" in client.get("/hasil/sekadau").text
    samples.insert(database, "sekadau", [[1] * 9] * 10, "2019-05")
    publish(database, "2019-S1")
    assert "versi 2" in client.get("/hasil/sekadau").text
    assert ",2," in client.get("/hasil.csv").text.splitlines()[1]
