"""Keys of other programs and messages to them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from survey_app.services.accounts.api_keys import Right
from survey_app.services.accounts.key_standing import State as KeyState
from survey_app.services.delivery.events import TEST, News
from survey_app.storage.deliveries import State
from survey_app.text import Text

RIGHTS: Mapping[Right, Text] = MappingProxyType(
    {
        Right.RESULTS: Text("Baca hasil dan jawaban", "Read results and answers"),
        Right.IMPORT: Text("Impor berkas jawaban", "Import files of answers"),
        Right.REPORTS: Text("Laporan berkala", "Periodic reports"),
        Right.UNITS: Text("Instansi, unit, dan layanan", "Agencies, units and services"),
    }
)
#: What each right lets a program do.
RIGHTS_AT_LENGTH: Mapping[Right, Text] = MappingProxyType(
    {
        Right.RESULTS: Text(
            "Membaca hasil yang belum dipublikasikan, dan jawaban tanpa data pribadi.",
            "Read results that are not published yet, and answers without personal data.",
        ),
        Right.IMPORT: Text("Memasukkan berkas jawaban.", "Import files of answers."),
        Right.REPORTS: Text(
            "Melihat, mengunduh, dan membuat laporan berkala.", "List, download and make periodic reports."
        ),
        Right.UNITS: Text(
            "Membuat dan mengubah instansi, unit, dan layanan, sejauh peran pembuat kunci.",
            "Create and change agencies, units and services, as far as the maker's role goes.",
        ),
    }
)
STATES: Mapping[KeyState, Text] = MappingProxyType(
    {
        KeyState.WORKS: Text("Berlaku", "Works"),
        KeyState.ENDED: Text("Diakhiri", "Ended"),
        KeyState.OVER: Text("Kedaluwarsa", "Expired"),
        KeyState.MAKER_GONE: Text(
            "Tidak berlaku: pembuatnya tidak lagi memiliki peran itu",
            "Does not work: who made it does not have that role any more",
        ),
    }
)
EVENTS: Mapping[str, Text] = MappingProxyType(
    {
        News.RESULT: Text("Hasil unit dipublikasikan", "A unit's result is published"),
        News.RECAP: Text("Rekapitulasi dipublikasikan", "Consolidated results are published"),
        News.REPORT: Text("Laporan berkala selesai dibuat", "A periodic report has been made"),
        TEST: Text("Pesan uji", "Test message"),
    }
)
DELIVERY_STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.WAITING: Text("Menunggu", "Waiting"),
        State.DELIVERED: Text("Terkirim", "Delivered"),
        State.GIVEN_UP: Text("Tidak terkirim", "Given up"),
    }
)
#: What came back, where it was no status of HTTP.
_ANSWERS: Mapping[str, Text] = MappingProxyType(
    {
        "": Text("belum dicoba", "not tried yet"),
        "address-refused": Text(
            "alamat di jaringan dalam, tidak diizinkan", "an address inside, not allowed"
        ),
        "no-address": Text("nama alamat tidak ditemukan", "the name of the address was not found"),
        "no-connection": Text("tidak dapat dihubungi", "cannot be reached"),
        "no-trust": Text("sertifikat TLS tidak dipercaya", "the TLS certificate is not trusted"),
        "no-answer": Text("hubungan terputus tanpa jawaban", "the connection ended without an answer"),
        "too-slow": Text("terlalu lama menjawab", "took too long to answer"),
        "switched-off": Text("webhook nonaktif", "the webhook is off"),
        "key-changed": Text(
            "kunci aplikasi berganti; buat webhook baru",
            "the application's key has changed; make a new webhook",
        ),
    }
)
_STATUS = Text("menjawab {status}", "answered {status}")
_REDIRECT = Text("menjawab {status}: dialihkan, tidak diikuti", "answered {status}: a redirect, not followed")


def event(code: str) -> Text:
    """What happened; by its code where only a newer version knows it."""
    return EVENTS.get(code) or Text(code, code)


def answer(word: str) -> Text:
    """What came back from a receiver."""
    if word.isdigit():
        return (_REDIRECT if word.startswith("3") else _STATUS).format(status=word)
    return _ANSWERS.get(word) or Text(word, word)
