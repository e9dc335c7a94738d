"""What was done, in words, for who reads the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey_app.services.places.audited import Event
from survey_app.services.places.permissions import Action
from survey_app.text import Text

DONE: Mapping[str, Text] = MappingProxyType(
    {
        Event.SIGN_IN: Text("Masuk", "Sign in"),
        Event.SIGN_OUT: Text("Keluar", "Sign out"),
        Event.CHANGE_OWN_ACCOUNT: Text("Mengubah akun sendiri", "Change the own account"),
        Event.DOWNLOAD: Text("Mengunduh berkas", "Download a file"),
        Action.CHANGE_FOLLOW_UP: Text("Mengubah tindak lanjut", "Change follow-up"),
        Action.CHECK_COMMENTS: Text("Memeriksa masukan", "Check comments"),
        Action.SET_TARGETS: Text("Mengubah target", "Change targets"),
        Action.WRITE_REPORT: Text("Menulis laporan", "Write a report"),
        Action.PUBLISH: Text("Memublikasikan hasil", "Publish results"),
        Action.ORDER_REPORTS: Text("Mengatur jadwal laporan", "Schedule reports"),
        Action.MAKE_REPORTS: Text("Membuat laporan", "Make reports"),
        Action.ENTER_PAPER: Text("Memasukkan kuesioner kertas", "Enter paper questionnaires"),
        Action.PAIR_KIOSKS: Text("Mengelola anjungan survei", "Manage kiosks"),
        Action.ISSUE_CODES: Text("Mengelola kode antrean", "Manage queue codes"),
        Action.MANAGE_UNIT: Text("Mengubah pengaturan unit", "Change a unit's settings"),
        Action.WITHDRAW_IMPORT: Text("Menarik berkas jawaban", "Withdraw a file of answers"),
        Action.IMPORT_STAFF: Text("Mengimpor data pegawai", "Import staff data"),
        Action.CREATE_UNITS: Text("Mengubah instansi dan unit", "Change agencies and units"),
        Action.CHANGE_QUESTIONNAIRES: Text("Mengubah kuesioner", "Change questionnaires"),
        Action.MANAGE_PEOPLE: Text("Mengelola petugas", "Manage staff accounts"),
        Action.ACCEPT_CLOCK: Text("Menerima jam server", "Accept the server's clock"),
        Action.REDACT: Text("Menyamarkan data pribadi", "Mask personal data"),
        Action.LOAD_DEMO: Text("Memuat data contoh", "Load the demonstration data"),
    }
)


def done(action: str) -> Text:
    """What was done; what only a newer version knows keeps its code."""
    return DONE.get(action, Text(action, action))
