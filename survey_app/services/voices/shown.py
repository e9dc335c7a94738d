"""What of a citizen's words is shown, and to whom: numbers and addresses to nobody, names to who may act."""

from __future__ import annotations

import json
from functools import cache

from analytics.text import NameWords, Stemmer, compile_names, redact
from survey_app.instruments import DATA
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.unit_entry import UnitEntry


def words(text: str) -> str:
    """`text` as it may leave the office: in a report, a table, on a public page. Names are masked."""
    return redact(text, names())


def with_names(text: str) -> str:
    """`text` as `may_see_names` may read it: without numbers and addresses, which nobody needs to act."""
    return redact(text)


def may_see_names(acting: Acting, entry: UnitEntry) -> bool:
    """Whether somebody may read the names in what was said of a unit.

    Not who works at the counter, who may be the one it is said of.
    """
    return acting.may(Action.SEE_INSIDE) and acting.scope.covers(entry)


@cache
def names() -> NameWords:
    """The lists of data/reference, with its words for what is an ordinary word."""
    data = json.loads((DATA / "reference/redaction-names.json").read_text(encoding="utf-8"))
    return compile_names(data, stemmer().knows)


@cache
def stemmer() -> Stemmer:
    """Stems by the words of data/reference/words.json."""
    data = json.loads((DATA / "reference/words.json").read_text(encoding="utf-8"))
    return Stemmer(frozenset(" ".join(data["roots"]).split()))
