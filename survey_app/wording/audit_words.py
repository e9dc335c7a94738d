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


#: The names under which services write what they were given.
NAMES: Mapping[str, Text] = MappingProxyType(
    {
        "account_id": Text("nomor akun", "account number"),
        "action": Text("tindakan", "action"),
        "active": Text("aktif", "active"),
        "added": Text("ditambahkan", "added"),
        "agency": Text("instansi", "agency"),
        "changed": Text("diganti", "changed"),
        "code": Text("kode", "code"),
        "count": Text("jumlah", "count"),
        "device_code": Text("kode anjungan", "kiosk code"),
        "due": Text("tenggat", "due"),
        "ended": Text("diakhiri", "ended"),
        "field_key": Text("data diri", "profile field"),
        "file": Text("berkas", "file"),
        "hours": Text("jam buka", "opening hours"),
        "import_id": Text("nomor berkas", "file number"),
        "index": Text("indeks", "index"),
        "instrument": Text("kuesioner", "questionnaire"),
        "language": Text("bahasa", "language"),
        "link": Text("tautan", "link"),
        "login": Text("nama akun", "account name"),
        "name": Text("nama", "name"),
        "now": Text("waktu", "moment"),
        "passage": Text("bagian", "passage"),
        "period": Text("periode", "period"),
        "plan": Text("rencana", "plan"),
        "reason": Text("alasan", "reason"),
        "removed": Text("dihapus", "removed"),
        "replace": Text("mengganti", "replaces"),
        "report": Text("laporan", "report"),
        "required": Text("wajib", "required"),
        "responsible": Text("penanggung jawab", "responsible"),
        "role": Text("peran", "role"),
        "role_id": Text("nomor peran", "role number"),
        "roles": Text("peran", "roles"),
        "schedule_id": Text("nomor jadwal", "schedule number"),
        "scope": Text("lingkup", "scope"),
        "service_code": Text("kode layanan", "service code"),
        "since": Text("sejak", "since"),
        "status": Text("status", "status"),
        "time_zone": Text("zona waktu", "time zone"),
        "unit": Text("unit layanan", "service unit"),
        "unsur": Text("unsur", "service element"),
        "users": Text("pengguna layanan", "service users"),
        "valid_days": Text("berlaku (hari)", "valid (days)"),
        "valid_from": Text("berlaku sejak", "valid from"),
        "value": Text("nilai target", "target value"),
        "way": Text("cara", "way"),
        "year": Text("tahun", "year"),
    }
)
#: Values that are words of ours and no codes.
VALUES: Mapping[object, Text] = MappingProxyType(
    {
        True: Text("ya", "yes"),
        False: Text("tidak", "no"),
        "password": Text("kata sandi", "password"),
        "passkey": Text("kunci sandi", "passkey"),
        "provider": Text("layanan masuk", "sign-in provider"),
        "sessions": Text("sesi", "sessions"),
        "first": Text("admin pertama", "first administrator"),
        "invitation": Text("undangan", "invitation"),
        "reset": Text("kata sandi baru", "new password"),
        "link": Text("tautan", "link"),
        "demo": Text("data contoh", "sample data"),
    }
)


def name(key: str) -> Text:
    """What an argument is called."""
    return NAMES.get(key, Text(key, key))


def done(action: str) -> Text:
    """What was done; what only a newer version knows keeps its code."""
    return DONE.get(action, Text(action, action))
