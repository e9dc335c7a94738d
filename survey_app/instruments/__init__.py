"""Survey instruments as data: which unsur are asked, in which words, and how the result is graded.

A file is checked twice: its shape by JSON Schema, its meaning by `check`, which lists every problem. A
published version never changes: its fingerprint in published.json must stay that of the file, because
stored scores are read in the order of the elements of exactly that version.
"""

from survey_app.instruments.check import check
from survey_app.instruments.files import DATA, fingerprint, get, locked, parse, published
from survey_app.instruments.model import Element, Instrument, Option, ProfileField

__all__ = [
    "DATA",
    "Element",
    "Instrument",
    "Option",
    "ProfileField",
    "check",
    "fingerprint",
    "get",
    "locked",
    "parse",
    "published",
]
