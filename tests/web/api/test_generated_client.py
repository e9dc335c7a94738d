"""A client that a generator wrote from the description alone reads what is published, as typed values."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openapi_python_client
import pytest
from openapi_python_client.config import Config, ConfigFile, MetaType
from starlette.applications import Starlette
from starlette.testclient import TestClient

from survey_app.storage.database import Database
from survey_app.web.routes import routes
from tests import loops
from tests.submissions import NOW
from tests.web.api.conftest import MakeKey

NAME = "generated_survey_client"
V1 = "http://testserver/api/v1"


@pytest.fixture
def generated(client: TestClient, tmp_path: Path) -> Iterator[str]:
    """The name of the package; what was imported of it is forgotten afterwards."""
    source = tmp_path / "openapi.json"
    source.write_text(json.dumps(client.get("/api/v1/openapi.json").json()), encoding="utf-8")
    config = Config.from_sources(
        # Its formatting is nobody's to read.
        ConfigFile(
            post_hooks=[],
            package_name_override=NAME,
            content_type_overrides={"application/pdf": "application/octet-stream"},
        ),
        MetaType.NONE,
        document_source=source,
        file_encoding="utf-8",
        overwrite=True,
        output_path=tmp_path / NAME,
    )
    errors = openapi_python_client.generate(config=config)
    assert [(error.header, error.detail) for error in errors] == []
    sys.path.insert(0, str(tmp_path))
    yield NAME
    sys.path.remove(str(tmp_path))
    for name in [name for name in sys.modules if name.partition(".")[0] == NAME]:
        del sys.modules[name]


def test_a_generated_client_reads_a_published_result(
    generated: str, published: Database, key: MakeKey
) -> None:
    app = Starlette(routes=routes(lambda: published, lambda: NOW))
    found: dict[str, Any] = {}

    def operation(tag: str, name: str) -> Any:
        return importlib.import_module(f"{generated}.api.{tag}.{name}").asyncio

    async def read() -> None:
        transport = httpx.ASGITransport(app=app)
        package = importlib.import_module(generated)
        async with httpx.AsyncClient(transport=transport, base_url=V1) as anybody:
            client = package.Client(base_url=V1).set_async_httpx_client(anybody)
            found["list"] = await operation("results", "list_results")(client=client, limit=2)
            show = operation("results", "show_result_of_unit")
            found["one"] = await show("sekadau", "2019-S1", client=client)
            found["none"] = await show("sekadau", "2017", client=client)
        async with httpx.AsyncClient(transport=transport, base_url=V1, headers=key()) as program:
            client = package.Client(base_url=V1).set_async_httpx_client(program)
            inside = operation("internal", "list_responses")
            found["inside"] = await inside(client=client, unit="sekadau", period="2019-S1", limit=3)

    loops.run(read())
    one = found["one"]
    assert (one.ikm, one.mutu, one.n, one.first_day) == (78.74, "B", 49, date(2019, 1, 1))
    assert (one.unsur[0].unsur, one.unsur[0].ikm) == ("persyaratan", 70.41)
    assert one.published_at.tzinfo is not None
    assert [item.kind for item in found["list"].items] == ["province", "agency"]
    assert found["list"].next_
    assert (type(found["none"]).__name__, found["none"].code) == ("ProblemDetails", "not-found")
    assert len(found["inside"].items) == 3
    assert found["inside"].items[0].scores["persyaratan"] in range(1, 5)
