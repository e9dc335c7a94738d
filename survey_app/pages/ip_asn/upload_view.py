"""Importing a file of IP ASN on screen: choose, look at what it holds row by row, and only then store it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analytics.ip_asn import RowProblem
from survey_app import rulesets
from survey_app.errors import AppError
from survey_app.pages.ip_asn import staff_tables
from survey_app.services.files import tabular
from survey_app.services.files.uploads import as_file, count_upload
from survey_app.services.ip_asn import staff_import
from survey_app.services.ip_asn.findings import problem_text
from survey_app.services.ip_asn.import_terms import ImportTerms
from survey_app.services.ip_asn.staff_import import StaffPreview
from survey_app.services.places.catalogue import UnitEntry
from survey_app.services.process import runtime
from survey_app.storage.database import Database
from survey_app.text import Text
from survey_app.ui import tables
from survey_app.ui.acting import who
from survey_app.ui.plain import plain, tell
from survey_app.ui.words import language, said_anew, say, t
from survey_app.wording import ip_asn_words, numbers
from survey_app.wording.ip_asn_words import category_of

#: Findings listed; the rest is counted.
LISTED = 100
_DONE = "ipasn-import-done"
_UPLOADS = "uploads"
STORED = Text(
    "{n} nilai disimpan untuk {year}. Lihat di tab Hasil.",
    "Scores stored for {year}: {n}. See them on the Result tab.",
)
ALREADY_IN_FORCE = Text(
    "Isi berkas ini sudah diimpor untuk tahun dan aturan ini, dan masih berlaku.",
    "The content of this file has already been imported for this year and these rules, and is still in "
    "force.",
)
FEWER_STAFF = Text(
    "Jumlah pegawai akan berkurang. Impor ini menggantikan semua pegawai dengan unit dan status yang "
    "sama. Jika ada pegawai susulan, unggah satu berkas yang memuat semua pegawai.",
    "The number of staff would fall. This import replaces all staff of the same unit and status. If "
    "staff were added later, upload one file that has everyone.",
)
IGNORED = Text("Kolom yang diabaikan: {columns}.", "Ignored columns: {columns}.")
ROWS = Text(
    "**{rows} baris**: {good} dapat disimpan, {bad} belum benar.",
    "**Rows: {rows}**; can be stored: {good}; with errors: {bad}.",
)
REPLACE = Text("Ganti: {n} pegawai tidak dihitung lagi", "Replace: {n} staff will no longer be counted")
NEW = Text("baru", "new")
KNOWN = Text("sudah berlaku", "already in force")
SHEET = Text("Lembar kerja", "Sheet")


def show(database: Database) -> None:
    """The whole way from the file to the stored scores."""
    done = st.session_state.pop(_DONE, None)
    if done is not None:
        st.success(done)
    st.markdown(
        t(
            "Unggah hasil ekspor PIP ASN dari BKN atau data mentah (CSV atau XLSX). NIP dan nama diganti "
            "kode sebelum disimpan. Tidak ada yang disimpan sebelum Anda menekan Simpan.",
            "Upload the PIP ASN export from BKN, or raw data (CSV or XLSX). NIP and names are replaced "
            "with codes before anything is saved. Nothing is saved until you press Save.",
        )
    )
    year, ruleset, status = _choose()
    file = st.file_uploader(t("Berkas", "File"), type=["csv", "xlsx"], key="ipasn-file")
    if file is None:
        return
    try:
        count_upload(st.session_state.setdefault(_UPLOADS, {}), file.file_id, file.size)
        with as_file(file.name, file.getvalue()) as path:
            sheet, chosen = _choose_sheet(tabular.sheet_names(path))
            if not chosen:
                return
            terms = ImportTerms(year=year, ruleset=ruleset, scope=who().scope, status=status, sheet=sheet)
            preview = staff_import.preview_staff(database, who(), path, terms)
    except AppError as error:
        _show_error(error)
        return
    _show_preview(preview)
    _offer(database, file, preview, terms)


def _choose() -> tuple[int, str, str]:
    last = runtime.now().year
    first, second, third = st.columns(3, vertical_alignment="bottom")
    year = first.selectbox(
        t("Tahun pengukuran", "Year measured"), list(range(last, 2017, -1)), index=1, key="ipasn-import-year"
    )
    ids = rulesets.ruleset_ids()
    ruleset = second.selectbox(
        t("Aturan", "Rules"),
        ids,
        index=ids.index(rulesets.in_force(year).id),
        format_func=_title,
        key=said_anew(f"ipasn-import-rules-{year}"),
    )
    status = third.selectbox(
        t("Status, jika berkas tidak menyebutnya", "Status, if the file does not state it"),
        ["PNS", "PPPK"],
        key="ipasn-import-status",
    )
    return year, ruleset, status


def _choose_sheet(names: list[str]) -> tuple[str | None, bool]:
    """Which sheet to read, and whether that is settled: of several the user says which."""
    if len(names) < 2:
        return None, True
    name = st.selectbox(
        say(SHEET),
        names,
        index=None,
        placeholder=t("Pilih lembar kerja", "Choose a sheet"),
        key="ipasn-sheet-" + "/".join(names),
    )
    return name, name is not None


def _title(ruleset_id: str) -> str:
    ruleset = rulesets.get(ruleset_id)
    return say(Text(ruleset.title_id, ruleset.title_en))


def _show_preview(preview: StaffPreview) -> None:
    lang = language()
    st.header(t("Pratinjau", "Preview"), anchor=False)
    st.markdown(
        say(
            ROWS.format(
                rows=numbers.whole(preview.rows, lang),
                good=numbers.whole(preview.rows - preview.bad, lang),
                bad=numbers.whole(preview.bad, lang),
            )
        )
    )
    if preview.ignored:
        columns = ", ".join(preview.ignored)
        st.markdown(say(IGNORED.format(columns=plain(columns))))
    if preview.problems:
        _show_problems(preview.problems)
    if preview.units:
        st.html(_units(preview))


def _units(preview: StaffPreview) -> str:
    """What the file gives per unit, and whom it replaces there."""
    lang = language()
    replaced: defaultdict[UnitEntry, list[str]] = defaultdict(list)
    for r in preview.standing.replaced:
        replaced[r.entry].append(f"{r.status}: {say(r.text)}")
    otherwise = say(KNOWN) if preview.standing.known else say(NEW)
    rows: list[list[tables.Cell]] = [
        [
            tables.Noted(entry.unit.name, entry.agency.name),
            tables.Noted(numbers.whole(index.headcount, lang), " ".join(replaced[entry]) or otherwise),
            numbers.decimal(index.total.value, lang),
            category_of(index.total),
        ]
        for entry, index in preview.units
    ]
    columns = [
        t("Unit layanan", "Service unit"),
        say(ip_asn_words.STAFF),
        "IP ASN",
        t("Kategori", "Category"),
    ]
    return staff_tables.starred(columns, rows, numeric=2)


def _show_problems(problems: tuple[RowProblem, ...]) -> None:
    columns = [t("Baris", "Row"), t("Kolom", "Column"), t("Isi", "Value"), t("Masalah", "Problem")]
    rows = [[str(p.row), p.field, p.got, say(problem_text(p))] for p in problems[:LISTED]]
    st.html(tables.table(columns, rows))
    if len(problems) > LISTED:
        st.markdown(t("… dan {n} lagi.", "… and {n} more.", n=len(problems) - LISTED))


def _offer(database: Database, file: UploadedFile, preview: StaffPreview, terms: ImportTerms) -> None:
    """The button that stores, once nothing stands in its way."""
    if preview.standing.known:
        st.info(say(ALREADY_IN_FORCE))
        return
    if preview.bad == preview.rows:
        st.error(
            t(
                "Tidak ada baris yang dapat disimpan. Perbaiki berkas, lalu unggah lagi.",
                "No row can be saved. Correct the file and upload it again.",
            )
        )
        return
    only_good = preview.bad > 0 and st.checkbox(
        t("Simpan baris yang benar saja", "Save only the correct rows"), key="ipasn-only-good"
    )
    fewer = _may_replace(preview)
    blocked = (preview.bad > 0 and not only_good) or (bool(preview.standing.falls) and not fewer)
    if st.button(t("Simpan", "Save"), type="primary", disabled=blocked, key="ipasn-store"):
        _store(database, file, replace(terms, accept_valid=only_good, replace=fewer))


def _may_replace(preview: StaffPreview) -> bool:
    """Whether the user agrees that units have fewer staff than now; asked anew whenever these are others."""
    falls = preview.standing.falls
    if not falls:
        return False
    st.warning(say(FEWER_STAFF))
    columns = [t("Unit layanan", "Service unit"), "Status", t("Yang terjadi", "What happens")]
    rows: list[list[tables.Cell]] = [
        [tables.Noted(r.entry.unit.name, r.entry.agency.name), r.status, say(r.text)] for r in falls[:LISTED]
    ]
    st.html(tables.table(columns, rows))
    label = say(REPLACE.format(n=numbers.whole(sum(r.now - r.then for r in falls), language())))
    return st.checkbox(label, key=f"ipasn-replace-{hash(falls)}")


def _store(database: Database, file: UploadedFile, terms: ImportTerms) -> None:
    try:
        with as_file(file.name, file.getvalue()) as path:
            key = runtime.pseudonym_key()
            report = staff_import.import_staff(database, who(), path, terms, runtime.now(), key)
    except AppError as error:
        _show_error(error)
        return
    st.session_state[_DONE] = say(STORED.format(n=report.stored, year=terms.year))
    st.rerun()


def _show_error(error: AppError) -> None:
    st.error(tell(error.text))
    for problem in error.problems[:LISTED]:
        said = f"{problem.path}: {say(problem.text)}" if problem.path else say(problem.text)
        st.markdown(f"- {plain(said)}")
