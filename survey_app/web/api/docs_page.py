"""/api/v1/docs: the OpenAPI document as a page, drawn here, without a script and without third parties."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey_app.text import Language, language_meant
from survey_app.web import public_page
from survey_app.web.api.caller import SiteHere
from survey_app.web.public_results import CACHED

router = APIRouter(include_in_schema=False)

_ADDRESS = "/api/v1/docs"
_METHODS = ("get", "post", "put", "patch", "delete")
_SCHEMAS = "#/components/schemas/"
_MULTIPART = "multipart/form-data"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A parameter or a field: `text` is what it means, `type` as a program reads it; `model` a link."""

    name: str
    place: str
    type: str
    model: str | None
    required: bool
    text: str


@dataclass(frozen=True)
class Answered:
    """One status of an operation."""

    status: str
    text: str
    model: str | None


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation as the page shows it."""

    id: str
    method: str
    path: str
    title: str
    text: str
    by_key: bool
    parameters: tuple[Row, ...]
    body: str | None
    answers: tuple[Answered, ...]
    example: str


@dataclass(frozen=True)
class Group:
    """The operations of one tag."""

    name: str
    text: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Model:
    """What is sent or answered, by its fields."""

    name: str
    text: str
    fields: tuple[Row, ...]


@router.get("/docs")
def docs(request: Request, site: SiteHere) -> Response:
    """Every operation that the application has, whoever added it."""
    language = language_meant(request.query_params.get("lang"))
    html = page_html(request.app.openapi(), site.address(request), language)
    return HTMLResponse(html, headers={"Content-Security-Policy": public_page.policy(), **CACHED})


def page_html(document: Mapping[str, Any], address: str, language: Language) -> str:
    """The page of an OpenAPI document whose operations are found below `address`."""
    base = address + document["servers"][0]["url"]
    return public_page.render(
        "api_docs.html",
        language,
        _ADDRESS,
        base=base,
        about=side(document["info"]["description"], language),
        groups=tuple(_groups(document, base, language)),
        models=tuple(_models(document, language)),
    )


def side(text: str, language: Language) -> str:
    """What a description of both languages says in one; of one language, all of it."""
    indonesian, slash, english = text.partition(" / ")
    return english if slash and language == "en" else indonesian


def _groups(document: Mapping[str, Any], base: str, language: Language) -> Iterator[Group]:
    texts = {tag["name"]: side(tag.get("description", ""), language) for tag in document.get("tags", ())}
    by_tag: dict[str, list[Operation]] = {name: [] for name in texts}
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                shown = _operation(path, method, methods[method], base, language)
                by_tag.setdefault(methods[method].get("tags", [""])[0], []).append(shown)
    for name, operations in by_tag.items():
        if operations:
            yield Group(name, texts.get(name, ""), tuple(operations))


def _operation(path: str, method: str, found: Mapping[str, Any], base: str, language: Language) -> Operation:
    body = found.get("requestBody", {}).get("content", {})
    return Operation(
        id=found["operationId"],
        method=method.upper(),
        path=path,
        title=side(found.get("summary", found["operationId"]), language),
        # Docstrings are English.
        text=found.get("description", "") if language == "en" else "",
        by_key=bool(found.get("security")),
        parameters=tuple(_parameter(p, language) for p in found.get("parameters", ())),
        body=next((_reference(content.get("schema", {})) for content in body.values()), None),
        answers=tuple(_answered(*each) for each in sorted(found["responses"].items())),
        example=_curl(path, method, found, base),
    )


def _parameter(found: Mapping[str, Any], language: Language) -> Row:
    schema = found.get("schema", {})
    return Row(
        name=found["name"],
        place=found["in"],
        type=_type(schema),
        model=None,
        required=found.get("required", False),
        text=side(found.get("description", ""), language),
    )


def _answered(status: str, found: Mapping[str, Any]) -> Answered:
    schemas = (content.get("schema", {}) for content in found.get("content", {}).values())
    return Answered(status, found.get("description", ""), next(map(_reference, schemas), None))


def _curl(path: str, method: str, found: Mapping[str, Any], base: str) -> str:
    """How to ask it from a shell; in braces stands what is to be filled in."""
    parameters: Sequence[Mapping[str, Any]] = found.get("parameters", ())
    query = "&".join(
        f"{p['name']}={_example(p)}" for p in parameters if p["in"] == "query" and p.get("required")
    )
    for p in parameters:
        if p["in"] == "path":
            path = path.replace(f"{{{p['name']}}}", _example(p))
    parts = ["curl", *([] if method == "get" else [f"-X {method.upper()}"])]
    if found.get("security"):
        parts.append("-H 'Authorization: Bearer survei_...'")
    body = found.get("requestBody", {}).get("content", {})
    if _MULTIPART in body:
        parts.append("-F file=@data.csv")
    elif body:
        parts.append(f"-H 'Content-Type: {next(iter(body))}' -d @data.json")
    return " ".join([*parts, f"'{base}{path}{'?' if query else ''}{query}'"])


def _example(parameter: Mapping[str, Any]) -> str:
    schema = parameter.get("schema", {})
    examples = parameter.get("examples") or schema.get("examples") or [parameter.get("example")]
    known = next(iter(examples.values()))["value"] if isinstance(examples, dict) else examples[0]
    return f"{{{parameter['name']}}}" if known is None else str(known)


def _models(document: Mapping[str, Any], language: Language) -> Iterator[Model]:
    for name, schema in sorted(document["components"]["schemas"].items()):
        required = schema.get("required", ())
        fields = tuple(
            Row(
                name=field,
                place="",
                type=_type(found),
                model=_reference(found),
                required=field in required,
                text=side(found.get("description", ""), language),
            )
            for field, found in schema.get("properties", {}).items()
        )
        yield Model(name, schema.get("description", "") if language == "en" else "", fields)


def _type(schema: Mapping[str, Any]) -> str:
    """A type in a word: text, number, list of ..., one of these."""
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        return " | ".join(_type(choice) for choice in choices)
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_SCHEMAS)
    if "enum" in schema:
        return " | ".join(json.dumps(value) for value in schema["enum"])
    if "const" in schema:
        return json.dumps(schema["const"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    kind = str(schema.get("format") or schema.get("type", "object"))
    low, high = schema.get("minimum"), schema.get("maximum")
    return kind if low is None or high is None else f"{kind} {low}–{high}"


def _reference(schema: Mapping[str, Any]) -> str | None:
    """The model that a schema is made of."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(_SCHEMAS)
    inner = [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else [])]
    return next((name for name in map(_reference, inner) if name is not None), None)
