"""What can be wrong with an instrument: first its shape, then its meaning."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

from analytics import half_up
from survey_app.errors import Problem

#: Versions published before files had to say it, and whether their result is an IKM.
UNDECLARED = {"skm-2017@1": "ikm", "skm-2017-tanpa-biaya@1": "ikm", "spak@1": "other"}

#: How the id of a questionnaire begins that is published in a database. No file of any release, nor one that
#: an office has added to its own, ever had or will have a dot in its id: so none comes with an update.
PREFIX = "lokal."

_SCHEMA = Path(__file__).parents[2] / "data/schemas/instrument.schema.json"


def check(data: object, *, added: bool = False) -> list[Problem]:
    """Everything wrong with an instrument: its shape, and if that is sound, its meaning.

    Args:
        added: it is published in a database, not as a file of the repository.
    """
    shape = [
        Problem.of(
            "instrument-schema",
            error.json_path.removeprefix("$."),
            "{detail}.",
            "{detail}.",
            detail=error.message,
        )
        for error in jsonschema.Draft202012Validator(_schema()).iter_errors(data)
    ]
    if shape or not isinstance(data, Mapping):
        return shape
    return [*_name(data["id"], added=added), *_meaning(data)]


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return schema


def _name(name: str, *, added: bool) -> Iterator[Problem]:
    if added and not name.startswith(PREFIX):
        yield Problem.of(
            "instrument-id",
            "id",
            "harus diawali {prefix}; nama lain milik berkas kuesioner.",
            "must begin with {prefix}; other names belong to questionnaires in files.",
            prefix=PREFIX,
        )
    elif not added and name.startswith(PREFIX):
        yield Problem.of(
            "instrument-id",
            "id",
            "tidak boleh diawali {prefix}: itu nama kuesioner dalam basis data.",
            "may not begin with {prefix}: that is the name of a questionnaire in a database.",
            prefix=PREFIX,
        )


def _meaning(data: Mapping[str, Any]) -> Iterator[Problem]:
    elements = data["elements"]
    if "index" not in data and f"{data['id']}@{data['version']}" not in UNDECLARED:
        yield Problem.of(
            "instrument-index",
            "index",
            "sebutkan “ikm” jika hasilnya dihitung dalam IKM instansi dan provinsi, “other” jika tidak.",
            "say “ikm” if its result counts in the IKM of agency and province, “other” if not.",
        )
    yield from _repeated("elements", "key", elements)
    yield from _repeated("elements", "number", elements)
    yield from _repeated("profile", "key", data["profile"])
    for i, field in enumerate(data["profile"]):
        yield from _repeated(f"profile[{i}].options", "key", field["options"])
    for i, element in enumerate(elements):
        if len(element["labels"]) != data["levels"]:
            yield Problem.of(
                "instrument-labels",
                f"elements[{i}].labels",
                "harus ada {levels} label, ada {got}.",
                "{levels} labels are needed, there are {got}.",
                levels=data["levels"],
                got=len(element["labels"]),
            )
    yield from _weights(data)
    yield from _bands(data)


def _repeated(path: str, name: str, items: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for value, times in Counter(item[name] for item in items).items():
        if times > 1:
            yield Problem.of(
                "instrument-repeated",
                path,
                "{name} {value} dipakai {times} kali.",
                "{name} {value} is used {times} times.",
                name=name,
                value=value,
                times=times,
            )


def _weights(data: Mapping[str, Any]) -> Iterator[Problem]:
    weights, keys = data["weights"], {e["key"] for e in data["elements"]}
    if set(weights) != keys:
        wrong = ", ".join(sorted(set(weights) ^ keys))
        yield Problem.of(
            "instrument-weight-keys",
            "weights",
            "harus satu bobot per unsur; tidak cocok: {wrong}.",
            "one weight per service element is needed; not matching: {wrong}.",
            wrong=wrong,
        )
    total = sum((Fraction(w) for w in weights.values()), Fraction(0))
    if total != 1:
        yield Problem.of(
            "instrument-weight-sum",
            "weights",
            "jumlah bobot harus 1, ada {total}.",
            "weights must sum to 1, they sum to {total}.",
            total=total,
        )


def _bands(data: Mapping[str, Any]) -> Iterator[Problem]:
    edges = [(Decimal(b["low"]), Decimal(b["high"])) for b in data["bands"]]
    expected = half_up(Fraction(100, data["levels"]))
    for i, (low, high) in enumerate(edges):
        if low != expected or high < low:
            yield Problem.of(
                "instrument-bands",
                f"bands[{i}]",
                "harus mulai pada {expected} dan tidak berakhir sebelumnya.",
                "must begin at {expected} and not end before it.",
                expected=expected,
            )
        expected = high + Decimal("0.01")
    if edges[-1][1] != 100:
        yield Problem.of(
            "instrument-bands",
            f"bands[{len(edges) - 1}].high",
            "rentang terakhir harus berakhir pada 100.00.",
            "the last band must end at 100.00.",
        )
