"""The pages: where each one is, what it is called, and who it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from survey_app.pages.armada import page as armada
from survey_app.pages.beranda import page as beranda
from survey_app.pages.ip_asn import page as ipasn
from survey_app.pages.kertas import page as kertas
from survey_app.pages.keterkaitan import page as keterkaitan
from survey_app.pages.laporan import page as laporan
from survey_app.pages.pengaturan import page as pengaturan
from survey_app.pages.perbandingan import page as perbandingan
from survey_app.pages.ringkasan import page as ringkasan
from survey_app.pages.suara import page as suara
from survey_app.pages.survei import page as survei
from survey_app.pages.tindak_lanjut import page as tindak_lanjut
from survey_app.pages.unit import page as unit
from survey_app.text import Text


class Audience(StrEnum):
    """Whom a page is for. Signing in will decide who is shown what; the table already says it."""

    PUBLIC = "publik"
    OPERATOR = "operator"
    MANAGER = "pengelola"
    LEADERSHIP = "pimpinan"
    ADMIN = "admin"


STAFF = frozenset({Audience.OPERATOR, Audience.MANAGER, Audience.LEADERSHIP, Audience.ADMIN})
MANAGERS = frozenset({Audience.MANAGER, Audience.ADMIN})
OPERATORS = MANAGERS | {Audience.OPERATOR}
EVERYONE = STAFF | {Audience.PUBLIC}


@dataclass(frozen=True)
class PageSpec:
    """One page. `path` is its address, `bare` hides everything around it.

    No icon: a page's icon becomes the tab's, and browsers would ask a font host for it.
    """

    path: str
    title: Text
    audience: frozenset[Audience]
    show: Callable[[], None]
    bare: bool = False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("beranda", Text("Beranda", "Home"), STAFF, beranda.show),
    PageSpec("ringkasan", Text("Ringkasan", "Summary"), STAFF, ringkasan.show),
    PageSpec("unit", Text("Hasil unit", "Unit result"), STAFF, unit.show),
    PageSpec("perbandingan", Text("Perbandingan", "Comparison"), STAFF, perbandingan.show),
    PageSpec("suara", Text("Suara warga", "Voices"), STAFF, suara.show),
    PageSpec("ip-asn", Text("IP ASN", "IP ASN"), STAFF, ipasn.show),
    PageSpec("keterkaitan", Text("Keterkaitan", "Link"), STAFF, keterkaitan.show),
    PageSpec("tindak-lanjut", Text("Tindak lanjut", "Follow-up"), MANAGERS, tindak_lanjut.show),
    PageSpec("laporan", Text("Laporan", "Reports"), STAFF, laporan.show),
    PageSpec("survei", Text("Isi survei", "Take the survey"), EVERYONE, survei.show, bare=True),
    PageSpec("kertas", Text("Entri kertas", "Paper entry"), OPERATORS, kertas.show),
    PageSpec("armada", Text("Armada kios", "Kiosks"), OPERATORS, armada.show),
    PageSpec("pengaturan", Text("Pengaturan", "Settings"), MANAGERS, pengaturan.show),
)
