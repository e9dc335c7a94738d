"""What citizens are told of their data: what is kept, why, how long, their rights, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analytics.disclosure import MINIMUM
from survey_app.services.retention.receipts import KeptKind
from survey_app.services.retention.terms import months_of
from survey_app.settings import Contact, Retention
from survey_app.storage.emptying import Kind
from survey_app.text import Language, Text
from survey_app.wording.voice import Voice

TITLE = Text("Data Anda pada survei ini", "Your data in this survey")
LINK = Text("Apa yang kami simpan, dan sampai kapan", "What we keep, and until when")
INTRO = Text(
    "Kami tidak menanyakan nama, NIK, atau alamat Anda. Berikut ini semua yang kami simpan dari "
    "jawaban Anda.",
    "We do not ask for your name, identity number or address. This is everything we keep of your answers.",
)
WHAT, WHY, HOW_LONG = Text("Data", "Data"), Text("Untuk apa", "What for"), Text("Berapa lama", "How long")
GROUND_TITLE = Text("Dasar hukum", "Legal basis")
GROUND = Text(
    "Anda menyetujui pemakaian ini dengan menekan Kirim. Dasarnya Undang-Undang Nomor 27 Tahun 2022 tentang "
    "Pelindungan Data Pribadi. Survei ini juga tugas kami menurut Undang-Undang Nomor 25 Tahun 2009 tentang "
    "Pelayanan Publik dan Peraturan Menteri PANRB Nomor 14 Tahun 2017.",
    "You agree to this use by pressing Send. The basis is Law Number 27 of 2022 on Personal Data Protection. "
    "The survey is also our duty under Law Number 25 of 2009 on Public Services and Regulation Number 14 of "
    "2017 of the Minister of Administrative Reform (PermenPANRB).",
)
RIGHTS_TITLE = Text("Hak Anda", "Your rights")
RIGHTS: tuple[tuple[Text, Text], ...] = (
    (
        Text("Melihat data", "Seeing your data"),
        Text(
            "Jawaban tidak memuat nama, sehingga kami tidak tahu mana jawaban Anda. Karena itu, jawaban "
            "tidak dapat kami tunjukkan kepada Anda, juga dengan kode tanda terima. Halaman tanda terima "
            "menunjukkan sampai kapan setiap jenis data disimpan, dan bagaimana keluhan ditindaklanjuti.",
            "Answers carry no name, so we do not know which are yours. We therefore cannot show them to you, "
            "not even for a receipt code. The receipt page shows until when each kind of data is kept, and "
            "what became of a complaint.",
        ),
    ),
    (
        Text("Memperbaiki data", "Correcting your data"),
        Text(
            "Mohon periksa jawaban sebelum menekan Kirim. Jawaban yang sudah diterima tidak dapat diubah.",
            "Please check your answers before pressing Send. Answers that have arrived cannot be changed.",
        ),
    ),
    (
        Text("Menghapus data", "Deleting your data"),
        Text(
            "Saran, data diri, dan penanda perangkat dihapus otomatis setelah waktunya. Satu jawaban "
            "saja tidak "
            "dapat kami hapus lebih awal, karena pemiliknya tidak dapat kami pastikan. Penilaian tetap "
            "disimpan tanpa data itu.",
            "Comments, details about you and marks of the device are deleted automatically in due time. We "
            "cannot delete a single answer earlier, as we cannot be sure whose it is. The ratings are kept "
            "without those data.",
        ),
    ),
    (
        Text("Menolak atau berhenti", "Refusing or stopping"),
        Text(
            "Survei ini sukarela. Anda boleh melewati data diri dan saran, atau berhenti sebelum menekan "
            "Kirim. Setelah terkirim, persetujuan tidak dapat ditarik untuk satu jawaban.",
            "The survey is voluntary. You may skip details and comments, or stop before pressing Send. Once "
            "sent, consent cannot be taken back for a single answer.",
        ),
    ),
    (
        Text("Bertanya atau mengadu", "Asking or complaining"),
        Text(
            "Silakan hubungi kontak di bawah, juga jika saran orang lain menyebut nama Anda.",
            "Please use the contact below, also if a comment by somebody else names you.",
        ),
    ),
)
QUOTES_TITLE = Text("Kutipan dan cadangan", "Quotes and backups")
QUOTES = Text(
    "Laporan dapat mengutip saran tanpa nama jika sedikitnya {minimum} orang menulis hal serupa. "
    "Laporan yang "
    "sudah dipublikasikan tidak dapat diubah, sehingga kutipannya tetap ada. Salinan cadangan "
    "dihapus menurut "
    "aturan penyelenggara.",
    "Reports may quote comments without names if at least {minimum} people wrote about the same. "
    "Reports that "
    "have been published cannot be changed, so their quotes remain. Backup copies are deleted under the "
    "rules of the office.",
)
CONTACT_TITLE = Text("Kepada siapa bertanya", "Whom to ask")
ASK = Text("Tanya tentang data Anda: {contact}", "Questions about your data: {contact}")
NO_CONTACT = Text(
    "Kontak untuk data pribadi belum ditetapkan. Silakan tanyakan kepada petugas di loket.",
    "No contact for personal data has been named yet. Please ask the staff at the counter.",
)
RECEIPT_INTRO = Text(
    "Ini yang kami simpan dari jawaban dengan tanda terima ini. Demi kerahasiaan, isi jawaban tidak "
    "ditampilkan di halaman ini.",
    "This is what we keep of the answers with this receipt. To keep them private, this page does not show "
    "what they say.",
)
#: Alike whether there is any or not: a receipt does not tell.
UNTIL = Text("Jika ada, sampai akhir {month}.", "If there is any, until the end of {month}.")
GONE = Text("Tidak disimpan lagi.", "No longer kept.")
SOON = Text("Waktunya sudah habis dan segera dihapus.", "The time is over; it will be deleted soon.")
FOR_GOOD = Text(
    "Seterusnya, tanpa data lain pada halaman ini, karena menjadi dasar hasil survei.",
    "For good, without the other data on this page, as the results stand on them.",
)
MONTHS = Text(
    "{months} bulan setelah bulan pengisian, lalu dihapus.",
    "{months} months after the month of the answers, then deleted.",
)


@dataclass(frozen=True)
class Row:
    """A kind of data, what it serves and how long it is kept."""

    what: Text
    why: Text
    how_long: Text


_RATINGS = Row(
    Text(
        "Penilaian Anda, unit dan layanan, cara serta waktu mengisi, kode tanda terima",
        "Your ratings, the unit and service, how and when you answered, the receipt code",
    ),
    Text("Menghitung nilai kepuasan warga (IKM).", "To compute the satisfaction score (IKM)."),
    FOR_GOOD,
)
_KINDS: Mapping[Kind, tuple[Text, Text]] = MappingProxyType(
    {
        Kind.PROFILES: (
            Text("Data diri, seperti usia dan pekerjaan", "Details about you, such as age and work"),
            Text(
                "Melihat siapa yang menjawab. Jumlahnya tetap disimpan.",
                "To see who has answered. The counts are kept.",
            ),
        ),
        Kind.COMMENTS: (
            Text("Saran, keluhan, atau harapan", "Comments, complaints or wishes"),
            Text(
                "Memperbaiki layanan. Petugas yang berwenang membacanya. Nomor dan alamat yang dikenali "
                "dihapus saat diterima. Jawaban kami atas keluhan tetap disimpan, tanpa isi keluhannya.",
                "To improve the service. Staff in charge read them. Numbers and addresses that are "
                "recognised are removed on arrival. Our replies to complaints are kept, without what the "
                "complaints said.",
            ),
        ),
        Kind.DEVICES: (
            Text("Penanda acak perangkat", "A random mark of the device"),
            Text(
                "Mengenali jawaban berulang. Penanda ini tidak memuat nomor atau alamat.",
                "To notice repeated answers. The mark holds no number or address.",
            ),
        ),
    }
)


def rows(kept: Retention) -> list[Row]:
    """Everything that is kept of an answer, for everybody."""
    return [
        _RATINGS,
        *(Row(*_KINDS[kind], MONTHS.format(months=months_of(kept, kind))) for kind in _KINDS),
    ]


def rows_of_receipt(found: tuple[KeptKind, ...], language: Language) -> list[Row]:
    """The same of one answer: until when, or that it is gone."""
    by_kind = {one.kind: one for one in found}
    return [_RATINGS, *(Row(*_KINDS[kind], _until(by_kind[kind], language)) for kind in _KINDS)]


def quotes() -> Text:
    return QUOTES.format(minimum=MINIMUM)


def ask(contact: Contact | None) -> Text:
    """Whom to ask, in one sentence."""
    return NO_CONTACT if contact is None else ASK.format(contact=", ".join([contact.name, *contact.ways]))


def _until(kept: KeptKind, language: Language) -> Text:
    if kept.over:
        return GONE if kept.gone else SOON
    return UNTIL.format(month=Voice(language).period(kept.until))
