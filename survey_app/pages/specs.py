"""The pages: where each one is, what it is called, and who it is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from survey_app.pages.armada import page as armada
from survey_app.pages.beranda import page as beranda
from survey_app.pages.formulir import page as formulir
from survey_app.pages.ip_asn import page as ip_asn
from survey_app.pages.jejak_audit import page as jejak_audit
from survey_app.pages.kertas import page as kertas
from survey_app.pages.keterkaitan import page as keterkaitan
from survey_app.pages.laporan import page as laporan
from survey_app.pages.pengaturan import page as pengaturan
from survey_app.pages.perbandingan import page as perbandingan
from survey_app.pages.petugas import page as petugas
from survey_app.pages.ringkasan import page as ringkasan
from survey_app.pages.sambungan import page as sambungan
from survey_app.pages.seberapa_yakin import page as seberapa_yakin
from survey_app.pages.suara import page as suara
from survey_app.pages.survei import page as survei
from survey_app.pages.tindak_lanjut import page as tindak_lanjut
from survey_app.pages.tugas import page as tugas
from survey_app.pages.unit import page as unit
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Reach
from survey_app.text import Text

#: What most pages are for.
RESULTS = Action.SEE_RESULTS


@dataclass(frozen=True)
class PageSpec:
    """A page: its address, whoever may do what it is for (None: anybody), and in how wide a scope at least.

    No icon: a page's icon becomes the tab's, and browsers would ask a font host for it.
    """

    path: str
    title: Text
    action: Action | None
    show: Callable[[], None]
    reach: Reach = Reach.UNIT

    @property
    def bare(self) -> bool:
        """Whether nothing surrounds the page: what anybody opens leads to no other page."""
        return self.action is None

    def open_to(self, person: Acting) -> bool:
        """Whether the role allows what the page is for, and the scope reaches as far as it needs."""
        return (self.action is None or person.may(self.action)) and person.scope.reach >= self.reach


PAGES: tuple[PageSpec, ...] = (
    # What an empty database shows; afterwards its address leads to the page with which somebody begins.
    PageSpec("beranda", Text("Beranda", "Home"), RESULTS, beranda.show),
    PageSpec("ringkasan", Text("Ringkasan", "Summary"), RESULTS, ringkasan.show, Reach.AGENCY),
    PageSpec("unit", Text("Hasil unit", "Unit result"), RESULTS, unit.show),
    PageSpec("seberapa-yakin", seberapa_yakin.TITLE, RESULTS, seberapa_yakin.show),
    PageSpec("perbandingan", Text("Perbandingan", "Comparison"), RESULTS, perbandingan.show, Reach.AGENCY),
    PageSpec("suara", Text("Suara warga", "What people say"), RESULTS, suara.show),
    PageSpec("ip-asn", Text("IP ASN", "IP ASN"), RESULTS, ip_asn.show),
    PageSpec("keterkaitan", Text("Keterkaitan", "IP ASN and IKM"), RESULTS, keterkaitan.show, Reach.AGENCY),
    PageSpec("tindak-lanjut", Text("Tindak lanjut", "Follow-up"), Action.SEE_FOLLOW_UP, tindak_lanjut.show),
    PageSpec("tugas", Text("Tugas", "Tasks"), Action.SEE_FOLLOW_UP, tugas.show),
    PageSpec("laporan", Text("Laporan", "Reports"), RESULTS, laporan.show),
    PageSpec("survei", Text("Isi survei", "Take the survey"), None, survei.show),
    PageSpec("formulir", formulir.TITLE, RESULTS, formulir.show),
    PageSpec("kertas", kertas.TITLE, Action.ENTER_PAPER, kertas.show),
    PageSpec("armada", Text("Anjungan survei", "Kiosks"), Action.PAIR_KIOSKS, armada.show),
    PageSpec("petugas", petugas.TITLE, Action.SEE_PEOPLE, petugas.show, reach=Reach.AGENCY),
    PageSpec("sambungan", sambungan.TITLE, Action.CONNECT_PROGRAMS, sambungan.show),
    PageSpec("jejak-audit", jejak_audit.TITLE, Action.SEE_AUDIT, jejak_audit.show, reach=Reach.PROVINCE),
    PageSpec("pengaturan", Text("Pengaturan", "Settings"), Action.SEE_SETTINGS, pengaturan.show),
)
