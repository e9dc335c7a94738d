"""The pages: where each one is, what it is called, and who it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from survey_app.pages.armada import page as armada
from survey_app.pages.beranda import page as beranda
from survey_app.pages.ip_asn import page as ip_asn
from survey_app.pages.kertas import page as kertas
from survey_app.pages.keterkaitan import page as keterkaitan
from survey_app.pages.laporan import page as laporan
from survey_app.pages.pengaturan import page as pengaturan
from survey_app.pages.perbandingan import page as perbandingan
from survey_app.pages.ringkasan import page as ringkasan
from survey_app.pages.seberapa_yakin import page as seberapa_yakin
from survey_app.pages.suara import page as suara
from survey_app.pages.survei import page as survei
from survey_app.pages.tindak_lanjut import page as tindak_lanjut
from survey_app.pages.unit import page as unit
from survey_app.services.places.acting import MANAGERS, OPERATORS, Role
from survey_app.text import Text

#: Everybody who works with the results.
STAFF = frozenset(Role)


@dataclass(frozen=True)
class PageSpec:
    """A page. `path` is its address, `roles` whom it is for (None: anybody), `bare` hides what surrounds it.

    No icon: a page's icon becomes the tab's, and browsers would ask a font host for it.
    """

    path: str
    title: Text
    roles: frozenset[Role] | None
    show: Callable[[], None]
    bare: bool = False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("beranda", Text("Beranda", "Home"), STAFF, beranda.show),
    PageSpec("ringkasan", Text("Ringkasan", "Summary"), STAFF, ringkasan.show),
    PageSpec("unit", Text("Hasil unit", "Unit result"), STAFF, unit.show),
    PageSpec("seberapa-yakin", seberapa_yakin.TITLE, STAFF, seberapa_yakin.show),
    PageSpec("perbandingan", Text("Perbandingan", "Comparison"), STAFF, perbandingan.show),
    PageSpec("suara", Text("Suara warga", "What people say"), STAFF, suara.show),
    PageSpec("ip-asn", Text("IP ASN", "IP ASN"), STAFF, ip_asn.show),
    PageSpec("keterkaitan", Text("Keterkaitan", "IP ASN and IKM"), STAFF, keterkaitan.show),
    PageSpec("tindak-lanjut", Text("Tindak lanjut", "Follow-up"), MANAGERS, tindak_lanjut.show),
    PageSpec("laporan", Text("Laporan", "Reports"), STAFF, laporan.show),
    PageSpec("survei", Text("Isi survei", "Take the survey"), None, survei.show, bare=True),
    PageSpec("kertas", Text("Entri kuesioner kertas", "Paper questionnaires"), OPERATORS, kertas.show),
    PageSpec("armada", Text("Anjungan survei", "Kiosks"), OPERATORS, armada.show),
    PageSpec("pengaturan", Text("Pengaturan", "Settings"), MANAGERS, pengaturan.show),
)

#: Reached from another page only: the navigation has no room for them.
UNLISTED = frozenset({"seberapa-yakin"})
