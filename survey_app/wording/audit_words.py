"""What was done, in words, for who reads the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey_app.services.places.audited import SYSTEM, Event
from survey_app.services.places.permissions import Action
from survey_app.services.places.roles import Role
from survey_app.text import Text
from survey_app.wording.connection_words import EVENTS, RIGHTS
from survey_app.wording.role_words import ROLES

DONE: Mapping[str, Text] = MappingProxyType(
    {
        Event.SIGN_IN: Text("Masuk", "Sign in"),
        Event.SIGN_OUT: Text("Keluar", "Sign out"),
        Event.CHANGE_OWN_ACCOUNT: Text("Mengubah akun sendiri", "Change the own account"),
        Event.DOWNLOAD: Text("Mengunduh berkas", "Download a file"),
        Event.THIN: Text("Mengosongkan data lama", "Empty old data"),
        Action.SEE_RESULTS: Text("Melihat hasil", "See results"),
        Action.SEE_INSIDE: Text("Melihat yang internal", "See what stays inside"),
        Action.SEE_FOLLOW_UP: Text("Melihat tindak lanjut", "See follow-up"),
        Action.SEE_SETTINGS: Text("Melihat pengaturan", "See settings"),
        Action.SEE_PEOPLE: Text("Melihat petugas", "See staff accounts"),
        Action.SEE_AUDIT: Text("Melihat jejak audit", "See the audit log"),
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
        Action.CONNECT_PROGRAMS: Text("Menghubungkan program lain", "Connect other programs"),
        Action.IMPORT_ANSWERS: Text("Mengimpor berkas jawaban", "Import a file of answers"),
        Action.VIEW_AS: Text("Melihat sebagai orang lain", "View as somebody else"),
        Action.ACCEPT_CLOCK: Text("Menerima jam server", "Accept the server's clock"),
        Action.REDACT: Text("Menyamarkan data pribadi", "Mask personal data"),
        Action.LOAD_DEMO: Text("Memuat data contoh", "Load the demonstration data"),
    }
)


#: What exactly, by the service that did it, where one right covers several things.
_BY_SERVICE: Mapping[str, Text] = MappingProxyType(
    {
        "accounts.people.activate": Text("Mengaktifkan akun", "Activate an account"),
        "accounts.people.deactivate": Text("Menonaktifkan akun", "Deactivate an account"),
        "accounts.people.end_sessions": Text("Mengakhiri sesi orang lain", "End sessions of somebody else"),
        "accounts.api_keys.make": Text("Membuat kunci API", "Make an API key"),
        "accounts.api_keys.revoke": Text("Mengakhiri kunci API", "End an API key"),
        "accounts.api_keys.listed": Text("Melihat kunci API", "See API keys"),
        "delivery.sent.listed": Text("Melihat pengiriman webhook", "See what webhooks were sent"),
        "delivery.webhooks.listed": Text("Melihat webhook", "See webhooks"),
        "delivery.sent.send_again": Text("Mengirim ulang pesan webhook", "Send a webhook's message again"),
        "delivery.webhooks.end": Text("Mengakhiri webhook", "End a webhook"),
        "delivery.webhooks.make": Text("Membuat webhook", "Make a webhook"),
        "delivery.webhooks.set_active": Text(
            "Mengaktifkan atau menonaktifkan webhook", "Switch a webhook on or off"
        ),
        "delivery.webhooks.send_test": Text("Menguji webhook", "Test a webhook"),
        "disclosure.unit_tables.of_scope": Text("Mengunduh tabel unit", "Download a table of units"),
        "disclosure.inside.answers": Text("Membaca jawaban lewat API", "Read answers by the API"),
        "disclosure.inside.result": Text(
            "Membaca hasil internal lewat API", "Read internal results by the API"
        ),
        "accounts.people.give": Text("Menambah peran", "Add a role"),
        "accounts.people.invite": Text("Mengundang petugas", "Invite somebody"),
        "accounts.people.reset": Text("Membuat tautan kata sandi", "Make a link for a password"),
        "accounts.people.sessions_of": Text("Melihat sesi orang lain", "See sessions of somebody else"),
        "accounts.people.take_back": Text("Mengambil kembali peran", "Take a role back"),
        "accounts.views.begin": Text("Mulai melihat sebagai orang lain", "Begin to view as somebody else"),
        "accounts.views.end": Text("Selesai melihat sebagai orang lain", "End viewing as somebody else"),
        "answers.questionnaires.publish": Text("Menerbitkan kuesioner", "Publish a questionnaire"),
        "answers.queue_codes.issue": Text("Membuat kode antrean", "Issue queue codes"),
        "answers.queue_codes.require": Text("Mewajibkan kode antrean", "Require queue codes"),
        "answers.queue_codes.states": Text("Melihat kode antrean", "See queue codes"),
        "complaints.cases.in_hand": Text("Melihat keluhan yang ditangani", "See complaints in hand"),
        "complaints.cases.worklist": Text("Melihat daftar keluhan", "See the list of complaints"),
        "complaints.handling.decide": Text("Memutuskan keluhan", "Decide about a complaint"),
        "complaints.handling.take_up": Text("Menjadikan keluhan tindakan", "Make an action of complaints"),
        "follow_up.plans.accept": Text("Menerima saran tindakan", "Accept a proposed action"),
        "follow_up.plans.add": Text("Menambah tindakan", "Add an action"),
        "follow_up.plans.change": Text("Mengubah tindakan", "Change an action"),
        "follow_up.plans.history": Text("Melihat riwayat tindakan", "See the history of an action"),
        "schedules.ordered.seen": Text("Melihat laporan berkala", "See periodic reports"),
        "briefing.briefing.brief": Text("Melihat ringkasan", "See the summary"),
        "alarms.finding.find": Text("Melihat hal yang perlu diperhatikan", "See what deserves attention"),
        "follow_up.listing.listed": Text(
            "Melihat daftar tindakan semua unit", "See the actions of all units"
        ),
        "follow_up.history.changes": Text(
            "Melihat riwayat tindakan semua unit", "See the history of the actions of all units"
        ),
        "disclosure.same_kind.of_unit": Text("Melihat unit sejenis", "See units of the same kind"),
        "follow_up.practice.done_since": Text("Melihat tindakan yang selesai", "See finished actions"),
        "follow_up.plans.overdue_count": Text("Menghitung tindakan lewat tenggat", "Count overdue actions"),
        "follow_up.waiting.pace": Text("Menghitung lama tindak lanjut", "Count the months until follow-up"),
        "follow_up.plans.register": Text("Melihat daftar tindakan", "See the list of actions"),
        "ikm.targets.remove_target": Text("Menghapus target", "Remove a target"),
        "ikm.targets.set_target": Text("Menetapkan target", "Set a target"),
        "ip_asn.staff_import.import_staff": Text("Mengimpor data pegawai", "Import staff data"),
        "ip_asn.staff_import.preview_staff": Text(
            "Memeriksa berkas data pegawai", "Check a file of staff data"
        ),
        "kiosks.devices.create_pairing": Text("Menghubungkan anjungan survei", "Pair a kiosk"),
        "kiosks.devices.create_repairing": Text("Menghubungkan lagi anjungan", "Pair a kiosk again"),
        "kiosks.devices.fleet": Text("Melihat daftar anjungan", "See the list of kiosks"),
        "kiosks.devices.revoke": Text("Menonaktifkan anjungan survei", "Deactivate a kiosk"),
        "places.audit_log.everything": Text("Mengunduh jejak audit", "Download the audit log"),
        "places.audit_log.page": Text("Membaca jejak audit", "Read the audit log"),
        "places.catalogue.choose_instrument": Text("Memilih kuesioner unit", "Choose a unit's questionnaire"),
        "places.catalogue.create_agency": Text("Membuat instansi", "Create an agency"),
        "places.catalogue.create_service": Text("Menambah layanan", "Add a service"),
        "places.catalogue.create_unit": Text("Membuat unit layanan", "Create a service unit"),
        "places.catalogue.find_unit_for": Text("Membuka unit lain", "Open a unit elsewhere"),
        "places.catalogue.record_volume": Text(
            "Mencatat jumlah pengguna layanan", "Record the number of users"
        ),
        "places.catalogue.set_service_active": Text(
            "Membuka atau menutup layanan", "Open or close a service"
        ),
        "places.catalogue.set_unit_active": Text("Membuka atau menutup unit", "Open or close a unit"),
        "places.opening_hours.remove_hours": Text("Menghapus jam layanan", "Remove opening hours"),
        "places.opening_hours.set_hours": Text("Menetapkan jam layanan", "Set opening hours"),
        "places.unit_kind.set_kind": Text("Menetapkan jenis layanan unit", "Set a unit's kind"),
        "places.unit_region.set_region": Text("Menetapkan daerah unit", "Set a unit's region"),
        "places.users_by_profile.record": Text(
            "Mencatat pengguna layanan per kelompok", "Record users by group"
        ),
        "publishing.published_log.published_in": Text("Melihat catatan publikasi", "See the publication log"),
        "publishing.recap_publishing.publish": Text(
            "Memublikasikan rekapitulasi", "Publish a summary of many units"
        ),
        "publishing.report_texts.discard": Text("Membuang teks laporan", "Discard a report's text"),
        "publishing.report_texts.save": Text("Menyimpan teks laporan", "Store a report's text"),
        "publishing.standing.standing": Text(
            "Melihat unit yang siap dipublikasikan", "See which units are ready to be published"
        ),
        "publishing.unit_publishing.publish": Text("Memublikasikan hasil unit", "Publish a unit's results"),
        "schedules.ordered.add": Text("Menambah jadwal laporan", "Add a schedule"),
        "schedules.ordered.set_active": Text(
            "Menghentikan atau melanjutkan jadwal", "Stop or resume a schedule"
        ),
        "voices.auditing.ask": Text("Mengambil masukan untuk dinilai", "Draw comments to judge"),
        "voices.auditing.judge": Text("Menilai masukan", "Judge a comment"),
        "voices.auditing.take_back": Text("Membatalkan penilaian masukan", "Take a judgement back"),
    }
)
#: What the details are called.
_DETAILS: Mapping[str, Text] = MappingProxyType(
    {
        "account_id": Text("nomor akun", "account number"),
        "active": Text("aktif", "active"),
        "added": Text("ditambahkan", "added"),
        "agency": Text("instansi", "agency"),
        "changed": Text("yang diubah", "changed"),
        "code": Text("kode", "code"),
        "comments": Text("masukan", "comments"),
        "count": Text("jumlah", "count"),
        "delivery_id": Text("nomor pengiriman", "delivery number"),
        "device_code": Text("kode anjungan", "kiosk code"),
        "devices": Text("penanda perangkat", "marks of devices"),
        "ended": Text("diakhiri", "ended"),
        "entries": Text("catatan", "entries"),
        "events": Text("kejadian", "events"),
        "expires_at": Text("berlaku sampai", "valid until"),
        "field_key": Text("kolom", "field"),
        "file": Text("berkas", "file"),
        "host": Text("alamat", "address"),
        "hours": Text("jam layanan", "opening hours"),
        "import_id": Text("nomor berkas", "file number"),
        "index": Text("indeks", "index"),
        "instrument": Text("kuesioner", "questionnaire"),
        "key_id": Text("nomor kunci", "key number"),
        "language": Text("bahasa", "language"),
        "link": Text("tautan", "link"),
        "login": Text("akun", "account"),
        "month": Text("bulan", "month"),
        "name": Text("nama", "name"),
        "now": Text("waktu", "time"),
        "passage": Text("bagian", "passage"),
        "page": Text("halaman", "page"),
        "period": Text("periode", "period"),
        "profiles": Text("data diri", "profiles"),
        "reason": Text("alasan", "reason"),
        "refused": Text("ditolak dalam satu jam", "refused within an hour"),
        "refused_account": Text("ditolak untuk akun ini", "refused for this account"),
        "refused_all": Text("ditolak dari semua tempat", "refused from anywhere"),
        "kind": Text("jenis", "kind"),
        "region": Text("daerah", "region"),
        "removed": Text("dihapus", "removed"),
        "replace": Text("mengganti", "replaces"),
        "report": Text("laporan", "report"),
        "required": Text("wajib", "required"),
        "rights": Text("hak", "rights"),
        "role": Text("peran", "role"),
        "roles": Text("peran", "roles"),
        "schedule_id": Text("nomor jadwal", "schedule number"),
        "scope": Text("tempat", "place"),
        "service_code": Text("layanan", "service"),
        "since": Text("sejak", "since"),
        "status": Text("status", "status"),
        "time_zone": Text("zona waktu", "time zone"),
        "unit": Text("unit", "unit"),
        "until": Text("sampai", "until"),
        "users": Text("pengguna layanan", "users"),
        "valid_days": Text("masa berlaku (hari)", "days valid"),
        "valid_from": Text("berlaku sejak", "valid from"),
        "value": Text("nilai", "value"),
        "webhook_id": Text("nomor webhook", "webhook number"),
        "viewing_as": Text("melihat sebagai", "viewing as"),
        "way": Text("cara", "way"),
        "year": Text("tahun", "year"),
    }
)
#: Values that are words of the program, by the detail that has them.
_VALUES: Mapping[tuple[str, str], Text] = MappingProxyType(
    {
        **{("events", news): words for news, words in EVENTS.items()},
        **{("rights", right.value): words for right, words in RIGHTS.items()},
        ("added", "passkey"): Text("kunci sandi", "passkey"),
        ("changed", "password"): Text("kata sandi", "password"),
        ("ended", "click"): Text("oleh orangnya", "by the person"),
        ("ended", "right"): Text("peran atau haknya berakhir", "the role or the right ended"),
        ("ended", "session"): Text("bersama sesinya", "with the session"),
        ("ended", "sessions"): Text("sesi lain", "other sessions"),
        ("ended", "time"): Text("waktunya habis", "its time was over"),
        ("link", "first"): Text("admin pertama", "first administrator"),
        ("link", "invitation"): Text("undangan", "invitation"),
        ("link", "reset"): Text("kata sandi baru", "new password"),
        ("removed", "passkey"): Text("kunci sandi", "passkey"),
        ("removed", "password"): Text("kata sandi", "password"),
        ("way", "demo"): Text("contoh", "sample"),
        ("way", "link"): Text("tautan sekali pakai", "one-time link"),
        ("way", "passkey"): Text("kunci sandi", "passkey"),
        ("way", "password"): Text("kata sandi", "password"),
        ("way", "provider"): Text("layanan masuk", "sign-in service"),
    }
)
YES, NO = Text("ya", "yes"), Text("tidak", "no")
#: In the place of a role; the word for who answers a survey would be wrong of who was about to sign in.
NOT_SIGNED_IN = Text("belum masuk", "not signed in")
#: Where nobody did it.
BY_ITSELF = Text("otomatis", "automatic")


def done(action: str, service: str = "") -> Text:
    """What was done, as exactly as the service tells; what only a newer version knows keeps its code."""
    return _BY_SERVICE.get(service) or DONE.get(action) or Text(action, action)


def detail(name: str) -> Text:
    """What a detail is called; by its code where it has no word."""
    return _DETAILS.get(name) or Text(name, name)


def role(code: str) -> Text:
    """The role that somebody acted in."""
    if code == Role.PUBLIC:
        return NOT_SIGNED_IN
    if code == SYSTEM:
        return BY_ITSELF
    return ROLES[Role(code)] if code in list(Role) else Text(code, code)


def value(name: str, told: bool | int | float | str) -> Text:
    """One value of a detail."""
    if isinstance(told, bool):
        return YES if told else NO
    if name in ("role", "roles"):
        return role(str(told))
    return _VALUES.get((name, str(told))) or Text(str(told), str(told))
