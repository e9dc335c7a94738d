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
from survey_app.pages.petugas import page as petugas
from survey_app.pages.ringkasan import page as ringkasan
from survey_app.pages.seberapa_yakin import page as seberapa_yakin
from survey_app.pages.suara import page as suara
from survey_app.pages.survei import page as survei
from survey_app.pages.tindak_lanjut import page as tindak_lanjut
from survey_app.pages.unit import page as unit
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Reach
from survey_app.text import Text


@dataclass(frozen=True)
class PageSpec:
    """A page: `path` is its address,
    `action` is what it is for whoever may do (None: for anybody), `reach` how far their scope reaches at
    least, `bare` hides what surrounds the page.

    No icon: a page's icon becomes the tab's, and browsers would ask a font host for it.
    """

    path: str
    title: Text
    action: Action | None
    show: Callable[[], None]
    reach: Reach = Reach.UNIT
    bare: bool = False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("beranda", Text("Beranda", "Home"), Action.SEE_RESULTS, beranda.show),
    PageSpec(
        "ringkasan", Text("Ringkasan", "Summary"), Action.SEE_RESULTS, ringkasan.show, reach=Reach.AGENCY
    ),
    PageSpec("unit", Text("Hasil unit", "Unit result"), Action.SEE_RESULTS, unit.show),
    PageSpec("seberapa-yakin", seberapa_yakin.TITLE, Action.SEE_RESULTS, seberapa_yakin.show),
    PageSpec(
        "perbandingan",
        Text("Perbandingan", "Comparison"),
        Action.SEE_RESULTS,
        perbandingan.show,
        reach=Reach.AGENCY,
    ),
    PageSpec("suara", Text("Suara warga", "What people say"), Action.SEE_RESULTS, suara.show),
    PageSpec("ip-asn", Text("IP ASN", "IP ASN"), Action.SEE_RESULTS, ip_asn.show),
    PageSpec(
        "keterkaitan",
        Text("Keterkaitan", "IP ASN and IKM"),
        Action.SEE_RESULTS,
        keterkaitan.show,
        reach=Reach.AGENCY,
    ),
    PageSpec("tindak-lanjut", Text("Tindak lanjut", "Follow-up"), Action.SEE_FOLLOW_UP, tindak_lanjut.show),
    PageSpec("laporan", Text("Laporan", "Reports"), Action.SEE_RESULTS, laporan.show),
    PageSpec("survei", Text("Isi survei", "Take the survey"), None, survei.show, bare=True),
    PageSpec(
        "kertas", Text("Entri kuesioner kertas", "Paper questionnaires"), Action.ENTER_PAPER, kertas.show
    ),
    PageSpec("armada", Text("Anjungan survei", "Kiosks"), Action.PAIR_KIOSKS, armada.show),
    PageSpec("petugas", petugas.TITLE, Action.SEE_PEOPLE, petugas.show, reach=Reach.AGENCY),
    PageSpec("pengaturan", Text("Pengaturan", "Settings"), Action.SEE_SETTINGS, pengaturan.show),
)

#: Reached from another page only: the navigation has no room for them.
UNLISTED = frozenset({"seberapa-yakin"})
