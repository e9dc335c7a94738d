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
from survey_app.services.places.acting import Acting
from survey_app.services.places.permissions import Action
from survey_app.services.places.scope import Reach
from survey_app.text import Text


@dataclass(frozen=True, kw_only=True)
class PageSpec:
    """A page: `path` is its address.

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

    def open_to(self, person: Acting) -> bool:
        """Whether the role allows what the page is for, and the scope reaches as far as it needs."""
        allowed = self.action is None or person.may(self.action)
        return allowed and person.scope.reach >= self.reach


PAGES: tuple[PageSpec, ...] = (
    PageSpec(path="beranda", title=Text("Beranda", "Home"), action=Action.SEE_RESULTS, show=beranda.show),
    PageSpec(
        path="ringkasan",
        title=Text("Ringkasan", "Summary"),
        action=Action.SEE_RESULTS,
        show=ringkasan.show,
        reach=Reach.AGENCY,
    ),
    PageSpec(path="unit", title=Text("Hasil unit", "Unit result"), action=Action.SEE_RESULTS, show=unit.show),
    PageSpec(
        path="seberapa-yakin", title=seberapa_yakin.TITLE, action=Action.SEE_RESULTS, show=seberapa_yakin.show
    ),
    PageSpec(
        path="perbandingan",
        title=Text("Perbandingan", "Comparison"),
        action=Action.SEE_RESULTS,
        show=perbandingan.show,
        reach=Reach.AGENCY,
    ),
    PageSpec(
        path="suara", title=Text("Suara warga", "What people say"), action=Action.SEE_RESULTS, show=suara.show
    ),
    PageSpec(path="ip-asn", title=Text("IP ASN", "IP ASN"), action=Action.SEE_RESULTS, show=ip_asn.show),
    PageSpec(
        path="keterkaitan",
        title=Text("Keterkaitan", "IP ASN and IKM"),
        action=Action.SEE_RESULTS,
        show=keterkaitan.show,
        reach=Reach.AGENCY,
    ),
    PageSpec(
        path="tindak-lanjut",
        title=Text("Tindak lanjut", "Follow-up"),
        action=Action.SEE_FOLLOW_UP,
        show=tindak_lanjut.show,
    ),
    PageSpec(path="laporan", title=Text("Laporan", "Reports"), action=Action.SEE_RESULTS, show=laporan.show),
    PageSpec(
        path="survei", title=Text("Isi survei", "Take the survey"), action=None, show=survei.show, bare=True
    ),
    PageSpec(
        path="kertas",
        title=Text("Entri kuesioner kertas", "Paper questionnaires"),
        action=Action.ENTER_PAPER,
        show=kertas.show,
    ),
    PageSpec(
        path="armada", title=Text("Anjungan survei", "Kiosks"), action=Action.PAIR_KIOSKS, show=armada.show
    ),
    PageSpec(
        path="pengaturan",
        title=Text("Pengaturan", "Settings"),
        action=Action.SEE_SETTINGS,
        show=pengaturan.show,
    ),
)

#: Reached from another page only: the navigation has no room for them.
UNLISTED = frozenset({"seberapa-yakin"})
