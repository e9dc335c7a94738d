"""Reading a questionnaire that somebody wants to publish: a text of any content, from outside."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from survey_app.errors import InstrumentError, Problem
from survey_app.instruments.check import check
from survey_app.instruments.files import canonical, parse
from survey_app.instruments.model import Instrument
from survey_app.text import Text

#: Characters: forty unsur of nine answers in two languages, and room.
LONGEST = 200_000
#: As columns hold it: a ref stands in every answer, the key of an unsur in the register of follow-up.
LONGEST_ID, HIGHEST_VERSION, _LONGEST_KEY = 40, 9_999, 40
#: No age, limit or version has more digits.
_DIGITS = 6
#: Characters of one text; a question of an unsur has some eighty.
_LONGEST_TEXT = 2_000
#: Lists and objects within each other: a label has six around it.
_DEEPEST = 10
#: Controls, lone surrogates and separators of lines: none of them is text of one line.
_NOT_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})


def read_added(text: str) -> tuple[Instrument, str]:
    """The questionnaire written in `text` as JSON, and its canonical JSON.

    Raises:
        InstrumentError: `instrument-invalid`, with every problem that was found.
    """
    data = _loaded(text)
    problems = list(_foreign(data)) or check(data, added=True) or list(_too_large(data))
    if problems:
        raise _invalid(*problems)
    return parse(data, added=True), canonical(data)


def _loaded(text: str) -> Any:
    if len(text) > LONGEST:
        raise _invalid(
            Problem.of(
                "instrument-long",
                "",
                "paling banyak {most} huruf, ada {got}.",
                "at most {most} characters, there are {got}.",
                most=LONGEST,
                got=len(text),
            )
        )
    try:
        return json.loads(text, parse_int=_whole, parse_float=_no_number, parse_constant=_no_number)
    except ValueError as error:
        raise _invalid(
            Problem.of(
                "instrument-json",
                "",
                "bukan JSON yang dapat dibaca: {detail}.",
                "not JSON that can be read: {detail}.",
                detail=error,
            )
        ) from error
    except RecursionError as error:
        raise _invalid(_too_deep("")) from error


def _whole(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise ValueError(f"{digits[:_DIGITS]}...: > {_DIGITS} digit")
    return int(digits)


def _no_number(written: str) -> Any:
    """A version 1.0 would be another ref than 1."""
    raise ValueError(f"{written[:40]}: 1, 2, 3, ...")


def _foreign(data: object) -> Iterator[Problem]:
    """What is no text of one line, and what is too long or nested too deep to look at."""
    waiting = [("", 0, data)]
    while waiting:
        path, depth, value = waiting.pop()
        at = path if path.isprintable() else ""
        if depth > _DEEPEST:
            yield _too_deep(at)
        elif isinstance(value, Mapping):
            waiting += [(path, depth, key) for key in value]
            waiting += [(f"{path}.{key}".removeprefix("."), depth + 1, value[key]) for key in value]
        elif isinstance(value, list):
            waiting += [(f"{path}[{place}]", depth + 1, one) for place, one in enumerate(value)]
        elif isinstance(value, str) and len(value) > _LONGEST_TEXT:
            yield _large(at, len(value), _LONGEST_TEXT)
        elif isinstance(value, str) and (wrong := {c for c in value if unicodedata.category(c) in _NOT_TEXT}):
            yield Problem.of(
                "instrument-text",
                at,
                "ada karakter yang bukan teks: {wrong}.",
                "there are characters that are not text: {wrong}.",
                wrong=", ".join(f"U+{ord(c):04X}" for c in sorted(wrong)),
            )


def _too_deep(path: str) -> Problem:
    return Problem.of(
        "instrument-deep",
        path,
        "paling banyak {most} tingkat bersarang.",
        "at most {most} levels of nesting.",
        most=_DEEPEST,
    )


def _too_large(data: Mapping[str, Any]) -> Iterator[Problem]:
    keys = ((f"elements[{i}].key", len(e["key"]), _LONGEST_KEY) for i, e in enumerate(data["elements"]))
    limits = (("id", len(data["id"]), LONGEST_ID), ("version", data["version"], HIGHEST_VERSION), *keys)
    for path, got, most in limits:
        if got > most:
            yield _large(path, got, most)


def _large(path: str, got: int, most: int) -> Problem:
    return Problem.of(
        "instrument-large",
        path,
        "paling banyak {most}, ada {got}.",
        "at most {most}, there are {got}.",
        most=most,
        got=got,
    )


def _invalid(*problems: Problem) -> InstrumentError:
    text = Text("Kuesioner belum dapat diterbitkan.", "The questionnaire cannot be published yet.")
    return InstrumentError("instrument-invalid", text, problems)
