"""/api/v1/docs: every operation of the description, without a script and without third parties."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from survey_app.storage.database import Database
from survey_app.web.api import docs_page
from tests.web.forms import Page

DOCS = "/api/v1/docs"


@pytest.mark.parametrize("language", ["", "?lang=en"])
def test_every_operation_and_model_is_there_and_leads_to_what_there_is(
    client: TestClient, database: Database, language: str
) -> None:
    document = client.get("/api/v1/openapi.json").json()
    html = client.get(DOCS + language).text
    page = Page(html)
    ids = [str(attributes["id"]) for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    operations = {op["operationId"] for methods in document["paths"].values() for op in methods.values()}
    models = {f"model-{name}" for name in document["components"]["schemas"]}
    assert operations | models <= set(ids)
    linked = {str(a["href"])[1:] for a in page.all("a") if str(a.get("href")).startswith("#")}
    assert linked <= set(ids)
    assert "curl &#39;http://testserver/api/v1/results/units/{unit}/2026-S1&#39;" in html
    assert "-H &#39;Authorization: Bearer survei_...&#39;" in html
    # Neither side of a text of both languages stands beside the other.
    assert " / " not in re.sub(r"<[^>]+>", "", html)


def test_each_language_is_whole(client: TestClient, database: Database) -> None:
    indonesian, english = client.get(DOCS).text, client.get(f"{DOCS}?lang=en").text
    assert '<html lang="id">' in indonesian
    for words in ("Semua periode sebuah unit", "Jawaban tanpa data pribadi", "dengan kunci"):
        assert words in indonesian
        assert words not in english
    for words in ("Every period of a unit", "Answers without personal data", "with a key"):
        assert words in english
        assert words not in indonesian


def test_the_page_runs_and_loads_nothing(client: TestClient, database: Database) -> None:
    answer = client.get(DOCS)
    page = Page(answer.text)
    assert [*page.all("script"), *page.all("img"), *page.all("iframe")] == []
    assert all(str(a["href"]).startswith("data:") for a in page.all("link"))
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert answer.headers["cache-control"] == "public, max-age=30"


def test_an_operation_of_others_appears_by_itself() -> None:
    schema = {"$ref": "#/components/schemas/NewUnit"}
    create = {
        "operationId": "create_unit",
        "summary": "Buat unit / Create a unit",
        "tags": ["units"],
        "security": [{"apiKey": []}],
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"201": {"description": "Created", "content": {"application/json": {"schema": schema}}}},
    }
    document = {
        "info": {"description": "API"},
        "servers": [{"url": "/api/v1"}],
        "paths": {"/units": {"post": create}},
        "components": {
            "schemas": {
                "NewUnit": {
                    "properties": {
                        "kind": {"enum": ["a", "b"]},
                        "n": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "null"}]},
                        "parts": {"type": "array", "items": schema},
                        "name": {"type": "string", "description": "<b>nama</b> / name"},
                    },
                    "required": ["kind"],
                }
            }
        },
    }
    html = docs_page.page_html(document, "https://skm.example", "id")
    for words in (
        "Buat unit",
        "<b>POST</b> /units",
        "curl -X POST -H &#39;Authorization: Bearer survei_...&#39; "
        "-H &#39;Content-Type: application/json&#39; -d @data.json &#39;https://skm.example/api/v1/units&#39;",
        "&#34;a&#34; | &#34;b&#34;",
        "integer 1–9 | null",
        "[NewUnit]",
        "&lt;b&gt;nama&lt;/b&gt;",
    ):
        assert words in html, words
