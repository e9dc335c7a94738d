"""The model of a submission: every problem at once, in our codes and words."""

from __future__ import annotations

import json

from survey_app.services.answers.intake import Channel, Rejection, Submission
from survey_app.text import Text
from survey_app.web.api import submitted
from survey_app.web.api.submitted import SentSubmission
from tests.submissions import KEYS, NOW
from tests.web.forms import payload


def read(**changes: object) -> Submission | Rejection:
    return submitted.from_json(json.loads(json.dumps(payload(**changes))), NOW)


def problems(**changes: object) -> list[tuple[str, str]]:
    found = read(**changes)
    assert isinstance(found, Rejection)
    return [(problem.code, problem.path) for problem in found.problems]


def test_every_problem_is_told_at_once_by_code_and_place() -> None:
    wrong = {
        "id": None,
        "unit": 7,
        "channel": "paper",
        "answers": {"waktu": "3", "\ud800": 1, "biaya": True},
        "service": "a\x00",
        "profile": {str(n): "1" for n in range(61)},
        "comment": 5,
        "age_ms": 1.5,
    }
    assert sorted(problems(**wrong)) == [
        ("channel", "channel"),
        ("field-missing", "id"),
        ("field-type", "age_ms"),
        ("field-type", "answers.biaya"),
        ("field-type", "answers.waktu"),
        ("field-type", "comment"),
        ("field-type", "unit"),
        ("text-unusable", "answers"),
        ("text-unusable", "service"),
        ("too-many-entries", "profile"),
    ]


def test_the_words_name_the_member_and_what_it_should_be() -> None:
    found = read(answers={"waktu": 2.0})
    assert isinstance(found, Rejection)
    assert found.problems[0].text == Text(
        "answers.waktu harus bilangan bulat.", "answers.waktu must be a whole number."
    )


def test_a_value_beside_a_key_that_cannot_be_named_is_not_named() -> None:
    for key in ("\x00", "\ud800"):
        assert problems(answers={key: "x"}) == [("text-unusable", "answers")]


def test_what_old_clients_leave_out_leave_empty_or_add_is_taken() -> None:
    """A comment may end with half a letter: the phone that cut it keeps the answer until it is taken."""
    taken = read(channel="", profile=None, comment="Baik \ud83d", later=[1], consent="1")
    assert isinstance(taken, Submission)
    assert (taken.channel, taken.profile, taken.comment) == (Channel.API, {}, "Baik \ud83d")
    assert taken.consent_version == 1


def test_the_model_that_reads_is_the_one_that_is_shown() -> None:
    shown = SentSubmission.model_json_schema()
    assert shown["required"] == ["id", "unit"]
    assert shown["properties"]["unit"]["maxLength"] == 200
    assert shown["properties"]["answers"]["maxProperties"] == 60
    assert "$defs" not in shown  # it stands in the description as it is
    assert problems(answers=dict.fromkeys([*KEYS, *map(str, range(52))], 1)) == [
        ("too-many-entries", "answers")
    ]
