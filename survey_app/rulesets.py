"""Rule-set files of IP ASN: shape by JSON Schema, then meaning; either way every problem is listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from analytics.ip_asn import Problem as Finding
from analytics.ip_asn import Ruleset, RulesetError, parse_ruleset
from survey_app.errors import InstrumentError, NotFound, Problem
from survey_app.text import Text

_DATA = Path(__file__).parents[1] / "data"
_FOLDER = _DATA / "rulesets"

#: What the codes of analytics.ip_asn mean, in the reader's words.
_WORDS = {
    "shape": Text("bentuk berkas salah: {got}.", "the file has a wrong shape: {got}."),
    "maxima-sum": Text(
        "jumlah nilai maksimum harus 100, ada {got}.", "maxima must sum to 100, they sum to {got}."
    ),
    "years-order": Text(
        "tahun akhir {got} mendahului tahun awal.", "the last year {got} precedes the first."
    ),
    "unknown-empty": Text(
        "tanpa aturan per pegawai harus disebut apa yang belum diketahui.",
        "without rules for records the file must say what is unknown.",
    ),
    "categories-range": Text("kategori harus mencakup 0 sampai 100.", "categories must cover 0 to 100."),
    "categories-order": Text(
        "kategori tumpang tindih atau tidak naik pada {got}.", "categories overlap or do not rise at {got}."
    ),
    "name-twice": Text("{got} disebut lebih dari sekali.", "{got} is named more than once."),
    "level-maximum": Text(
        "nilai tingkat pertama harus sama dengan nilai maksimum, ada {got}.",
        "the first level must score the maximum: {got}.",
    ),
    "level-order": Text("nilai tingkat tidak boleh naik: {got}.", "scores of levels may not rise: {got}."),
    "rated-by": Text(
        "kinerja harus dinilai dengan rating atau predicate, bukan {got}.",
        "performance must be rated by rating or predicate, not by {got}.",
    ),
    "rating-order": Text(
        "batas bawah kinerja harus satu per tingkat dan menurun: {got}.",
        "ratings need one falling lower bound per level: {got}.",
    ),
    "kompetensi-sum": Text(
        "jumlah nilai bagian kompetensi harus sama dengan maksimum, ada {got}.",
        "competence parts must sum to the maximum, they sum to {got}.",
    ),
}


def ruleset_ids() -> tuple[str, ...]:
    """Identifiers of the rule sets, oldest first."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@cache
def get(ruleset_id: str) -> Ruleset:
    """The rule set named `ruleset_id`, such as ip-asn-2019.

    Raises:
        NotFound: `ruleset-unknown`.
        InstrumentError: as `read`.
    """
    if ruleset_id not in ruleset_ids():
        text = Text(
            "Aturan {id} tidak ada; yang ada: {known}.", "There is no rule set {id}; there are: {known}."
        )
        raise NotFound("ruleset-unknown", text.format(id=ruleset_id, known=", ".join(ruleset_ids())))
    return read(_FOLDER / f"{ruleset_id}.json")


def in_force(year: int) -> Ruleset:
    """The rule set to measure `year` by: the newest of those that hold.

    Raises:
        NotFound: `ruleset-none` for a year before the first one.
    """
    holding = [r for r in map(get, ruleset_ids()) if r.holds_in(year)]
    if not holding:
        text = Text("Belum ada aturan IP ASN untuk {year}.", "There is no rule set of IP ASN for {year}.")
        raise NotFound("ruleset-none", text.format(year=year))
    return max(holding, key=lambda ruleset: ruleset.first_year)


def era(ruleset: Ruleset) -> int:
    """How many breaks lie before `ruleset`: values of one era may be compared, of two not."""
    return sum(
        other.break_before and other.first_year <= ruleset.first_year for other in map(get, ruleset_ids())
    )


def read(path: Path) -> Ruleset:
    """Read and check one file, whose name must be the rule set's id.

    Raises:
        InstrumentError: `ruleset-invalid` with every problem: `ruleset-json` for a file that is no JSON,
            `ruleset-schema` for a wrong shape, `ruleset-filename`, or `ruleset-` and a code of
            analytics.ip_asn.parse_ruleset.
    """
    data = _json(path)
    shape = [_schema_problem(error) for error in Draft202012Validator(_schema()).iter_errors(data)]
    if shape:
        raise _invalid(path, shape)
    if data["id"] != path.stem:
        wording = "id {got} tidak sama dengan nama berkas.", "the id {got} is not the file's name."
        raise _invalid(path, [Problem.of("ruleset-filename", "/id", *wording, got=data["id"])])
    try:
        return parse_ruleset(data)
    except RulesetError as error:
        raise _invalid(path, [_in_words(finding) for finding in error.problems]) from error


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        wording = "bukan JSON dalam UTF-8: {detail}.", "not JSON in UTF-8: {detail}."
        raise _invalid(path, [Problem.of("ruleset-json", "", *wording, detail=error)]) from error


def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((_DATA / "schemas/ruleset.schema.json").read_text(encoding="utf-8"))
    return schema


def _schema_problem(error: Any) -> Problem:
    path = "/" + "/".join(map(str, error.absolute_path))
    return Problem.of("ruleset-schema", path, "{detail}.", "{detail}.", detail=error.message[:200])


def _in_words(finding: Finding) -> Problem:
    text = _WORDS[finding.code].format(got=finding.got)
    return Problem(f"ruleset-{finding.code}", finding.path, text)


def _invalid(path: Path, problems: Sequence[Problem]) -> InstrumentError:
    text = Text("Berkas aturan {name} tidak sah.", "The rule-set file {name} is not valid.")
    return InstrumentError("ruleset-invalid", text.format(name=path.name), problems)
