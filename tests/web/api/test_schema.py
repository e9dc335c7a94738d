"""The description is true: what fits it is answered as it says, what does not is refused as it says.

schemathesis makes up requests of either kind for every operation, with a key of every right and without one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.errors import SchemathesisError
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette

from survey_app.services.accounts.api_keys import Right
from survey_app.storage.database import Database
from survey_app.web.routes import routes
from tests.submissions import NOW
from tests.web.api.conftest import AGENCY, MakeKey

#: Of every operation, of each kind of data, with and without a key.
EXAMPLES = 6
#: What exists, so that answers are described and not refusals alone.
KNOWN: Mapping[str, str] = {"unit": "sekadau", "agency": AGENCY, "period": "2019-S1"}


@pytest.fixture
def schema(published: Database, monkeypatch: pytest.MonkeyPatch) -> schemathesis.BaseSchema:
    # The clock stands still, and with it the turns of who asks.
    monkeypatch.setenv("SURVEY_LIMIT_FACTOR", "10000")
    app = Starlette(routes=routes(lambda: published, lambda: NOW))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)


def test_every_operation_does_as_it_says(schema: schemathesis.BaseSchema, key: MakeKey) -> None:
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == len([*schema.get_all_operations()])
    everything = key([*Right])
    asked: dict[str, set[int]] = {named(operation): set() for operation in operations}

    # The same requests in every run: another seed is for who looks for new ones.
    @seed(13)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(st.data())
    def explore(data: st.DataObject) -> None:
        for operation in operations:
            for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
                try:
                    case = data.draw(operation.as_strategy(generation_mode=mode))
                except SchemathesisError:
                    continue  # whatever is sent to it fits
                if mode is GenerationMode.POSITIVE and data.draw(st.booleans()):
                    about_what_exists(case)
                # What fits may be refused by what is known: a code that is taken, an unknown questionnaire.
                without: list[Any] = [positive_data_acceptance] if operation.body else []
                for headers in ({}, everything):
                    answer = case.call_and_validate(headers=headers, excluded_checks=without)
                    asked[named(operation)].add(answer.status_code)

    explore()
    for operation in operations:
        statuses = asked[named(operation)]
        needed = {p["name"] for p in operation.definition.raw.get("parameters", ()) if p["required"]}
        if operation.method == "get" and needed <= set(KNOWN):
            assert 200 in statuses, operation.label
        # A device is asked for its token where its answer can be read at all.
        if {"apiKey": []} in operation.definition.raw.get("security", []):
            assert 401 in statuses, operation.label
        assert statuses - {401, 403}, operation.label


def named(operation: schemathesis.APIOperation[Any, Any, Any, Any]) -> str:
    return str(operation.definition.raw["operationId"])


def about_what_exists(case: schemathesis.Case[Any]) -> None:
    for part in (case.path_parameters, case.query):
        if part:
            part.update({name: value for name, value in KNOWN.items() if name in part})
