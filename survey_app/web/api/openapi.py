"""The application below /api/v1, and the truth of what OpenAPI says of it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from survey_app.web.api import problems
from survey_app.web.api.problems import ProblemDetails

_REFERENCE = "#/components/schemas/{model}"
#: What FastAPI would answer to input of another shape; ours is a problem.
_UNUSED = ("HTTPValidationError", "ValidationError")


class Described(FastAPI):
    """FastAPI whose description knows the model of problems, which every operation can answer with.

    Whatever is sent a body can be sent one that nobody can read.
    """

    def openapi(self) -> dict[str, Any]:
        """The document, made once."""
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            for name in _UNUSED:
                schemas.pop(name, None)
            found = ProblemDetails.model_json_schema(ref_template=_REFERENCE, mode="serialization")
            schemas |= found.pop("$defs", {})
            schemas[ProblemDetails.__name__] = found
            for path in document["paths"].values():
                for operation in path.values():
                    if "requestBody" in operation:
                        for status, told in problems.responses(400, 413).items():
                            operation["responses"].setdefault(str(status), told)
        assert self.openapi_schema is not None
        return self.openapi_schema


def name_of(route: APIRoute) -> str:
    """An operation is called as the function behind it."""
    return route.name
