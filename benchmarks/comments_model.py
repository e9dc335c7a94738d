"""Learn the weights by which comments are grouped, and say whether they beat the rules.

Run: python -m benchmarks.comments_model          cross-validation by kind of unit: rules against weights
     python -m benchmarks.comments_model --write  and data/reference/comments-model.json anew

Regularised logistic models over what the lists find (analytics/text/comments/cues.py), by SciPy's L-BFGS: one
for "this unsur is meant" over the unsur a phrase points to, one for the kind, one for what is urgent in other
words. Only the part "train" of data/reference/comments-labelled.csv is learned from. On one machine the file
comes out alike to the byte.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from analytics.text.comments.cues import (
    KIND_MARKS,
    URGENT_MARKS,
    kind_cues,
    kind_marks,
    pointed,
    unsur_cues,
    urgent_marks,
)
from analytics.text.comments.linear import Weights, compile_weights, phrases_of, stems_of
from analytics.text.comments.rules import Reading, read_clauses
from benchmarks.comments import Labelled, describe, labelled, measure
from survey_app.instruments import DATA
from survey_app.services.voices import reading

FILE = DATA / "reference/comments-model.json"
KINDS = ("", "pujian", "keluhan", "saran")
FOLDS = 6
#: Log odds from which an unsur is given: a little below even, as much is asked of recall as of precision.
THRESHOLD = -0.15
#: Comments a mark must stand in to be weighed, and strength of the penalty: of cues shared by all unsur less.
_LEAST, _LEAST_PHRASE, _LEAST_KIND = 5, 2, 3
_PENALTY, _PENALTY_SHARED, _PENALTY_KIND = 4.0, 1.2, 1.0
#: Log odds from which a comment counts as urgent that no phrase of the list makes so. Above even: of what is
#: learned from, a much larger share is urgent than of what people write.
URGENT_THRESHOLD = 1.0
_LEAST_URGENT, _PENALTY_URGENT, _SMALL_URGENT = 2, 0.3, 30
_SMALL = 5  # thousandths; smaller weights are left out

Mark = tuple[str, str, str]  # unsur, what it is, name


@dataclass(frozen=True)
class Example:
    """A labelled comment as it was read."""

    labelled: Labelled
    readings: list[Reading]


def examples(comments: Sequence[Labelled]) -> list[Example]:
    """The comments as the product's lists read them."""
    words = reading.words()
    return [Example(comment, read_clauses(comment.text, words)) for comment in comments]


def learn(known: Sequence[Example]) -> dict[str, Any]:
    """Weights of the form of data/reference/comments-model.json."""
    return {"unsur": _learn_unsur(known), "kind": _learn_kind(known), "urgent": _learn_urgent(known)}


def _learn_unsur(known: Sequence[Example]) -> dict[str, Any]:
    rows: list[dict[Mark, float]] = []
    meant: list[list[float]] = []
    for example in known:
        found = pointed(example.readings)
        stems = stems_of(example.readings)
        for unsur, target in found.items():
            cues = unsur_cues(unsur, found)
            marks = [("", "shared", cue) for cue in cues] + [(unsur, "cues", cue) for cue in cues]
            marks += [(unsur, "phrases", phrase) for phrase in phrases_of(target)]
            marks += [(unsur, "stems", stem) for stem in stems] + [(unsur, "bias", "")]
            rows.append(dict.fromkeys(marks, 1.0))
            meant.append([float(unsur in example.labelled.unsur)])
    names = _names(rows, lambda mark: _LEAST_PHRASE if mark[1] == "phrases" else _LEAST)
    strength = np.array([_PENALTY_SHARED if mark[1] == "shared" else _PENALTY for mark in names])
    weights, bias = _fit(_matrix(rows, names), np.array(meant), strength, _binary)
    own: dict[str, Any] = {
        key: {"bias": 0, "cues": {}, "phrases": {}, "stems": {}} for key in reading.words().order
    }
    shared: dict[str, int] = {}
    for (unsur, what, name), weight in zip(names, weights[:, 0], strict=True):
        if what == "shared":
            shared[name] = _whole(weight)
        elif what == "bias":
            own[unsur][what] = _whole(weight)
        elif abs(_whole(weight)) >= _SMALL:
            own[unsur][what][name] = _whole(weight)
    return {"threshold": _whole(THRESHOLD), "bias": _whole(bias[0]), "shared": shared, "own": own}


def _learn_kind(known: Sequence[Example]) -> dict[str, Any]:
    rows: list[dict[Mark, float]] = []
    for example in known:
        marks = kind_marks(example.readings, stems_of(example.readings))
        row = {("", what, key): 1.0 for what, keys in marks.items() for key in keys}
        cues = kind_cues(example.readings)
        rows.append(row | {("", "cues", cue): float(value) for cue, value in cues.items()})
    is_kind = np.array([[float(e.labelled.kind == kind) for kind in KINDS] for e in known])
    names = _names(rows, lambda mark: 1 if mark[1] == "cues" else _LEAST_KIND)
    weights, bias = _fit(_matrix(rows, names), is_kind, np.full(len(names), _PENALTY_KIND), _softmax)
    result: dict[str, Any] = {"kinds": list(KINDS), "bias": [_whole(b) for b in bias]}
    result |= {what: {} for what in KIND_MARKS}
    for (_, what, name), row_weights in zip(names, weights, strict=True):
        whole = [_whole(weight) for weight in row_weights]
        if max(map(abs, whole)) >= _SMALL:
            result[what][name] = whole
    return result


def _learn_urgent(known: Sequence[Example]) -> dict[str, Any]:
    rows: list[dict[Mark, float]] = []
    for example in known:
        marks = urgent_marks(example.readings, stems_of(example.readings))
        rows.append({("", what, key): 1.0 for what, keys in marks.items() for key in keys})
    urgent = np.array([[float(e.labelled.urgent)] for e in known])
    names = _names(rows, lambda _: _LEAST_URGENT)
    weights, bias = _fit(_matrix(rows, names), urgent, np.full(len(names), _PENALTY_URGENT), _binary)
    result: dict[str, Any] = {"threshold": _whole(URGENT_THRESHOLD), "bias": _whole(bias[0])}
    result |= {what: {} for what in URGENT_MARKS}
    for (_, what, name), weight in zip(names, weights[:, 0], strict=True):
        if abs(_whole(weight)) >= _SMALL_URGENT:
            result[what][name] = _whole(weight)
    return result


def _whole(weight: float) -> int:
    return round(1000 * float(weight))


def _names(rows: Sequence[Mapping[Mark, float]], least: Callable[[Mark], int]) -> list[Mark]:
    counts = Counter(name for row in rows for name in row)
    return sorted(name for name, count in counts.items() if count >= least(name))


def _matrix(rows: Sequence[Mapping[Mark, float]], names: Sequence[Mark]) -> csr_matrix:
    column = {name: at for at, name in enumerate(names)}
    cells = [(i, column[k], v) for i, row in enumerate(rows) for k, v in row.items() if k in column]
    where = ([i for i, _, _ in cells], [j for _, j, _ in cells])
    return csr_matrix(([v for _, _, v in cells], where), shape=(len(rows), len(names)))


Loss = Callable[[Any, Any], tuple[float, Any]]


def _binary(logits: Any, truth: Any) -> tuple[float, Any]:
    loss = float(np.sum(np.logaddexp(0, logits) - truth * logits))
    return loss, 1 / (1 + np.exp(-logits)) - truth


def _softmax(logits: Any, truth: Any) -> tuple[float, Any]:
    top = logits.max(axis=1, keepdims=True)
    norm = top + np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    return float(np.sum(norm) - np.sum(truth * logits)), np.exp(logits - norm) - truth


def _fit(rows: csr_matrix, truth: Any, strength: Any, loss: Loss) -> tuple[Any, Any]:
    width, kinds = rows.shape[1], truth.shape[1]
    columns = rows.T.tocsr()

    def cost(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(width + 1, kinds)
        value, error = loss(rows @ weights[:width] + weights[width], truth)
        shrunk = strength[:, None] * weights[:width]
        gradient = np.vstack([columns @ error + shrunk, error.sum(axis=0)])
        return value + 0.5 * float(np.sum(shrunk * weights[:width])), gradient.ravel()

    found = minimize(
        cost, np.zeros((width + 1) * kinds), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    weights = found.x.reshape(width + 1, kinds)
    return weights[:width], weights[width]


def cross_validated(known: Sequence[Example]) -> list[tuple[list[Labelled], Weights]]:
    """Each fold's comments with weights learned from other kinds of units only."""
    services = sorted({example.labelled.service for example in known})
    result = []
    for fold in range(FOLDS):
        left_out = set(services[fold::FOLDS])
        weights = compile_weights(learn([e for e in known if e.labelled.service not in left_out]))
        result.append(([e.labelled for e in known if e.labelled.service in left_out], weights))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    known = examples(labelled("train"))
    words = reading.words()
    print("rules alone  ", describe(measure([(e.labelled, None) for e in known], words)))
    folds = [(comment, weights) for comments, weights in cross_validated(known) for comment in comments]
    print("with weights ", describe(measure(folds, words)))
    if write:
        about = (
            "Weights learned by python -m benchmarks.comments_model --write from the part train of "
            "comments-labelled.csv; written by no hand. unsur: log odds that an unsur a phrase points to is "
            "meant, in thousandths, by cue, phrase and stem. kind: likewise, by kind in the order of kinds."
        )
        data = {"about": about, **learn(known)}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        rows = re.sub(r"\[[-\d,\s]+\]", lambda row: " ".join(row[0].split()), text)
        FILE.write_text(rows + "\n", encoding="utf-8")
        print(f"{FILE.name} written")


if __name__ == "__main__":
    main()
