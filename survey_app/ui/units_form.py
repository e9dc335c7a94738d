"""Settings of units and their services."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from survey_app import instruments
from survey_app.services.places import catalogue, setup, unit_kind, unit_region
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.places.permissions import Action
from survey_app.services.places.regions import regions
from survey_app.services.places.scope import Reach
from survey_app.services.places.unit_kinds import kind_name, kinds
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import links, tables
from survey_app.ui.acting import act, who
from survey_app.ui.plain import plain
from survey_app.ui.words import said_anew, say, t

#: The three zones of Indonesia by the names people know.
ZONES = {"Asia/Makassar": "WITA", "Asia/Jakarta": "WIB", "Asia/Jayapura": "WIT"}
TAKES_ANSWERS = Text("{unit} menerima jawaban", "{unit} takes answers")
CLOSE_UNIT = Text(
    "Survei unit ini langsung ditutup. Jawaban baru dari ponsel, anjungan, dan kode QR yang sudah "
    "dicetak ditolak, termasuk yang masih menunggu jaringan. Jawaban lama dan hasilnya tetap ada. Unit "
    "dapat dibuka lagi di sini.",
    "The survey of this unit closes at once. New answers from phones, kiosks and printed QR codes are "
    "refused, including those still waiting for the network. Earlier answers and results are kept. The "
    "unit can be opened again here.",
)
YES_CLOSE = Text("Ya, tutup", "Yes, close it")
UNIT_NAME = Text("Nama unit layanan", "Service unit")
CREATE_UNIT = Text("Buat unit", "Create unit")
AGENCY_NAME = Text("Nama instansi (perangkat daerah)", "Agency")
SERVICE_NAME = Text("Nama layanan baru", "New service")
ADD_SERVICE = Text("Tambah layanan", "Add service")
REGION = Text("Kabupaten/kota yang dilayani", "Kabupaten or kota served")
WHOLE_PROVINCE = Text("Seluruh provinsi", "The whole province")
KIND = Text("Jenis layanan", "Kind of unit")
NO_KIND = Text("Belum diketahui", "Not known yet")
SET_KIND = Text("Simpan jenis", "Save the kind")
SET_REGION = Text("Simpan daerah", "Save the region")
UNREADABLE = Text("Tidak terbaca: pilih kuesioner lain", "Cannot be read: choose another questionnaire")


def show_units(database: Database, entries: Sequence[UnitEntry], chosen: UnitEntry) -> None:
    """Add a unit, stop or resume the chosen one, and the list of all."""
    if who().may(Action.CREATE_UNITS):
        if who().scope.reach is not Reach.UNIT:
            with st.expander(t("Tambah unit", "Add a unit")):
                add_unit_form(database, entries)
        _switch(database, chosen)
    if who().may(Action.MANAGE_UNIT):
        _show_kind(database, chosen)
        _show_region(database, entries, chosen)
    columns = [
        t("Unit layanan", "Service unit"),
        t("Kode", "Code"),
        t("Kuesioner", "Questionnaire"),
        say(KIND),
        say(REGION),
        "Status",
    ]
    st.html(tables.table(columns, [_row(e) for e in entries]))


def add_unit_form(database: Database, entries: Sequence[UnitEntry]) -> None:
    """Agency, unit, time zone, kind and region; a new agency is typed in."""
    with st.form("add-unit", border=False):
        agency = _agency_field(list(dict.fromkeys(e.agency.name for e in entries)))
        unit = st.text_input(say(UNIT_NAME), placeholder="Loket Perizinan")
        zone = st.selectbox(t("Zona waktu", "Time zone"), list(ZONES), format_func=zone_name)
        kind = _kind_field(None, "new-kind")
        region = _region_field(entries, None, "new-region")
        if st.form_submit_button(say(CREATE_UNIT), type="primary"):
            done = t("Unit {name} dibuat.", "Unit {name} created.", name=unit)
            act(lambda: setup.add_unit(database, who(), agency, unit, zone, region=region, kind=kind), done)


def _show_kind(database: Database, chosen: UnitEntry) -> None:
    """Which kind of unit the chosen one is, and another one."""
    code = chosen.unit.code
    with st.form(f"kind-{code}", border=False):
        wanted = _kind_field(chosen.unit.kind, f"kind-of-{code}")
        if st.form_submit_button(say(SET_KIND)):
            act(lambda: unit_kind.set_kind(database, who(), code, wanted), t("Tersimpan.", "Saved."))


def _kind_field(current: str | None, key: str) -> str | None:
    """A kind of the list, or none yet; one that was taken from the list is none."""
    keys = list(kinds())
    return st.selectbox(
        say(KIND),
        keys,
        index=keys.index(current) if current in keys else None,
        format_func=lambda k: say(kinds()[k]),
        placeholder=say(NO_KIND),
        key=said_anew(key),
    )


def _show_region(database: Database, entries: Sequence[UnitEntry], chosen: UnitEntry) -> None:
    """Which region the chosen unit serves, and another one."""
    code = chosen.unit.code
    with st.form(f"region-{code}", border=False):
        wanted = _region_field(entries, chosen.unit.region, f"region-of-{code}")
        if st.form_submit_button(say(SET_REGION)):
            act(lambda: unit_region.set_region(database, who(), code, wanted), t("Tersimpan.", "Saved."))


def _region_field(entries: Sequence[UnitEntry], current: str | None, key: str) -> str | None:
    """A kabupaten or kota, or none of them; those of this province first."""
    names = {r.code: r.name for r in unit_region.offered(entries)}
    return st.selectbox(
        say(REGION),
        list(names),
        index=None if current is None else list(names).index(current),
        format_func=lambda c: names[c],
        placeholder=say(WHOLE_PROVINCE),
        key=key,
    )


def _agency_field(known: list[str]) -> str:
    label = say(AGENCY_NAME)
    if not known:
        return st.text_input(label, placeholder="DPMPTSP Provinsi Kalimantan Timur")
    choose = t("Pilih, atau ketik nama baru", "Choose, or type a new name")
    return st.selectbox(label, known, index=None, accept_new_options=True, placeholder=choose) or ""


def zone_name(zone: str) -> str:
    """WITA (Asia/Makassar)."""
    return f"{ZONES[zone]} ({zone})"


def show_services(database: Database, entry: UnitEntry) -> None:
    """The services of a unit: which take answers, and a new one."""
    st.markdown(
        t(
            "Layanan **{unit}**. Layanan yang ditutup tidak menerima jawaban baru. Jawaban yang sudah "
            "masuk tetap ada.",
            "Services of **{unit}**. A closed service takes no new answers. Answers already received are "
            "kept.",
            unit=plain(entry.unit.name),
        )
    )
    locked = not who().may(Action.MANAGE_UNIT)
    for service in entry.services:
        wanted = _switched(
            plain(service.name),
            service.active,
            f"service-{service.id}",
            t(
                "Survei untuk layanan ini ditutup. Jawaban baru ditolak, termasuk yang masih menunggu "
                "jaringan. Jawaban yang sudah masuk tetap ada. Layanan dapat dibuka lagi di sini.",
                "The survey of this service closes. New answers are refused, including those still "
                "waiting for the network. Answers already received are kept. The service can be opened "
                "again here.",
            ),
            disabled=locked,
        )
        if wanted is not None:
            done = t("Tersimpan.", "Saved.")
            code = service.code
            act(lambda: catalogue.set_service_active(database, who(), entry.unit.code, code, wanted), done)  # noqa: B023
    with st.form("add-service", clear_on_submit=True, border=False):
        name = st.text_input(say(SERVICE_NAME), disabled=locked)
        if st.form_submit_button(say(ADD_SERVICE), disabled=locked):
            code = catalogue.slug(name)
            act(
                lambda: catalogue.create_service(database, who(), entry.unit.code, code, name),
                t("Layanan {name} ditambahkan.", "Service {name} added.", name=name),
            )


def _switch(database: Database, entry: UnitEntry) -> None:
    label = say(TAKES_ANSWERS.format(unit=plain(entry.unit.name)))
    wanted = _switched(
        label,
        entry.unit.active,
        f"unit-{entry.unit.id}",
        say(CLOSE_UNIT),
    )
    if wanted is not None:
        act(
            lambda: catalogue.set_unit_active(database, who(), entry.unit.code, wanted),
            t("Tersimpan.", "Saved."),
        )


def _switched(label: str, now: bool, key: str, consequence: str, *, disabled: bool = False) -> bool | None:
    """What a switch was set to; off only once the person has read what happens and is sure."""
    active = st.toggle(label, value=now, key=key, disabled=disabled)
    if active == now:
        return None
    if active:
        return True
    st.warning(consequence)
    return False if st.button(say(YES_CLOSE), type="primary", key=f"{key}-sure") else None


def _row(entry: UnitEntry) -> list[tables.Cell]:
    asked = instruments.find(entry.unit.instrument)
    return [
        tables.Link(entry.unit.name, links.result(entry.unit.code), entry.agency.name),
        entry.unit.code,
        tables.Noted(say(UNREADABLE if asked is None else asked.title), entry.unit.instrument),
        say(kind_name(entry.unit.kind) if entry.unit.kind else NO_KIND),
        regions().region(entry.unit.region).name if entry.unit.region else say(WHOLE_PROVINCE),
        t("menerima jawaban", "takes answers") if entry.unit.active else t("ditutup", "closed"),
    ]
