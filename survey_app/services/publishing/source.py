"""Where to read a published version: the key under which what follows from it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from survey_app.storage.database import Database
from survey_app.storage.publications import Heading
from survey_app.storage.recap_publications import RecapHeading

H = TypeVar("H", Heading, RecapHeading)


@dataclass(frozen=True, eq=False)
class SnapshotKey(Generic[H]):
    """Equal when its content is, whatever database it is in."""

    database: Database
    heading: H

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SnapshotKey) and bool(self.heading == other.heading)

    def __hash__(self) -> int:
        return hash(self.heading)
