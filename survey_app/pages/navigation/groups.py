"""What people come to do, and the pages for it in the order in which the navigation names them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from survey_app.text import Text


class Group(Enum):
    """A word of the navigation."""

    WATCH = Text("Pantau", "Watch")
    MEND = Text("Perbaiki", "Improve")
    REPORT = Text("Laporkan", "Report")
    RUN = Text("Kelola", "Manage")


#: Paths of pages. What is in no group is reached from another page only.
GROUPS: Mapping[Group, tuple[str, ...]] = {
    Group.WATCH: ("ringkasan", "unit", "perbandingan", "ip-asn", "keterkaitan"),
    Group.MEND: ("tindak-lanjut", "tugas", "suara"),
    Group.REPORT: ("laporan",),
    Group.RUN: ("formulir", "kertas", "armada", "pengaturan", "petugas", "sambungan", "jejak-audit"),
}
#: What makes sense while there is no service unit.
WITHOUT_UNITS = frozenset({"pengaturan", "petugas", "sambungan", "jejak-audit"})


def group_of(path: str) -> Group | None:
    """Under which word the navigation names a page."""
    return next((group for group, paths in GROUPS.items() if path in paths), None)
