"""Survey instruments as data: which unsur are asked, in which words, and how the result is graded.

They are checked twice: their shape by JSON Schema, their meaning by `check`, which lists every problem. A
published version never changes, because stored scores are read in the order of the elements of exactly that
version. One is a file of the repository, and its fingerprint in published.json must stay that of the file; or
it was published in a database, where its row never changes, and its id begins with `PREFIX`.
"""

from survey_app.instruments.added import read_added
from survey_app.instruments.check import PREFIX, check
from survey_app.instruments.files import DATA, fingerprint, fingerprint_of, parse
from survey_app.instruments.model import Element, Instrument, Option, ProfileField
from survey_app.instruments.registry import (
    Kept,
    Shelf,
    find,
    get,
    locked,
    look_into,
    look_no_more_into,
    published,
)

__all__ = [
    "DATA",
    "PREFIX",
    "Element",
    "Instrument",
    "Kept",
    "Option",
    "ProfileField",
    "Shelf",
    "check",
    "find",
    "fingerprint",
    "fingerprint_of",
    "get",
    "locked",
    "look_into",
    "look_no_more_into",
    "parse",
    "published",
    "read_added",
]
