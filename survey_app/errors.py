"""What can go wrong, as data: a stable code, where, and words for the person who must mend it.

AppError
├── InstrumentError      an instrument file that is not usable
├── NotFound             an unknown unit, service, agency or instrument
├── Refused              input refused, with every problem listed; nothing was stored
├── Conflict             the code exists already
├── ReportError          a report that could not be made
├── SettingError         what an operator has set cannot be used
├── ProviderAway         the provider of OpenID Connect cannot be reached, or answers what nobody can read
└── StorageError         the database is not in the state the code needs
    └── Unavailable      it cannot be reached or written to now; the same again later may succeed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.text import Text, visible

_ENTRIES = Text("Data yang diisi belum benar.", "Some entries are not correct yet.")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: `code` for programs, `path` to the place, `text` for people."""

    code: str
    path: str
    text: Text

    @classmethod
    def of(cls, code: str, path: str, id_text: str, en_text: str, /, **values: object) -> Problem:
        """A problem whose two wordings are filled with the same values, a Text in its own language."""
        return cls(code, path, Text(id_text, en_text).format(**values))

    def __str__(self) -> str:
        said = f"{self.text.id} [{self.code}]"
        return visible(f"{self.path}: {said}" if self.path else said)


class AppError(Exception):
    """An error with a stable code and its problems."""

    def __init__(self, code: str, text: Text, problems: Sequence[Problem] = ()) -> None:
        self.code, self.text, self.problems = code, text, tuple(problems)
        super().__init__("\n".join([visible(f"{text.id} [{code}]"), *(f"  {p}" for p in self.problems)]))


class InstrumentError(AppError):
    """An instrument or rule-set file that is not usable."""


class NotFound(AppError):
    """Something was asked for by a code that nothing has."""


class Refused(AppError):
    """Input refused as a whole; nothing was stored."""

    @classmethod
    def entries(cls, problems: Sequence[Problem]) -> Refused:
        """What somebody entered is not right: each problem says where."""
        return cls("input-refused", _ENTRIES, problems)


class Conflict(AppError):
    """The code is taken."""


class ReportError(AppError):
    """A report that could not be made."""


class SettingError(AppError):
    """What an operator has set cannot be used."""


class ProviderAway(AppError):
    """Whoever says who people are cannot be asked now; `cause` is for whoever runs the server."""

    def __init__(self, code: str, text: Text, cause: str) -> None:
        super().__init__(code, text)
        self.cause = cause

    def __str__(self) -> str:
        return f"{super().__str__()}: {visible(self.cause)}"


class StorageError(AppError):
    """The database is not in the state the code needs."""


class Unavailable(StorageError):
    """The database cannot be reached or written to now; whether the last write arrived is not known.

    `cause`, the driver's words, is for whoever runs the server: it may name a host or a file.
    """

    def __init__(self, code: str, text: Text, cause: str) -> None:
        super().__init__(code, text)
        self.cause = cause

    def __str__(self) -> str:
        return f"{super().__str__()}: {self.cause}"
