"""What the list of complaints says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.disclosure import MINIMUM
from survey_app.services.complaints.decision import State
from survey_app.text import Text

VIEWS: Mapping[str, Text] = {
    "tangani": Text("Untuk ditangani", "To be handled"),
    "semua": Text("Semua masukan", "All comments"),
}
STATES: Mapping[State, Text] = {
    State.NEW: Text("Baru", "New"),
    State.LOOKED_AT: Text("Ditinjau", "Looked at"),
    State.TAKEN_UP: Text("Ditindaklanjuti", "Taken up"),
    State.DONE: Text("Selesai", "Done"),
    State.NO_COMPLAINT: Text("Bukan keluhan", "No complaint"),
}
#: In place of a count of few, for whoever does not see what stays inside.
FEW = Text(f"kurang dari {MINIMUM}", f"fewer than {MINIMUM}")
OPEN = Text("Perlu ditangani", "To be handled")
EVERY_UNSUR = Text("Semua unsur", "All elements")
NO_UNSUR = Text("Tanpa unsur", "No element named")

URGENT_AND_LATE = Text(
    "{urgent} keluhan mendesak belum ditinjau; {late} keluhan lewat tenggat.",
    "Urgent complaints nobody has looked at: {urgent}; overdue: {late}.",
)
URGENT_ONLY = Text(
    "{urgent} keluhan mendesak belum ditinjau; tidak ada yang lewat tenggat.",
    "Urgent complaints nobody has looked at: {urgent}; none is overdue.",
)
LATE_ONLY = Text(
    "{late} dari {n} keluhan yang perlu ditangani sudah lewat tenggat.",
    "Complaints to be handled: {n}, of which overdue: {late}.",
)
IN_TIME = Text(
    "{n} keluhan perlu ditangani; tidak ada yang lewat tenggat.",
    "Complaints to be handled: {n}; none is overdue.",
)
ALL_DONE = Text(
    "Semua keluhan sudah ditangani; {done} di antaranya selesai dengan jawaban.",
    "All complaints have been handled; finished with a reply: {done}.",
)
NONE_LEFT = Text("Tidak ada keluhan yang perlu ditangani.", "There are no complaints to be handled.")
NOTHING = Text("Belum ada keluhan sejak {since}.", "There have been no complaints since {since}.")
NO_MATCH = Text("Tidak ada keluhan pada pilihan ini.", "No complaints match this choice.")
GONE = Text(
    "Keluhan pada alamat ini tidak ditemukan. Mungkin berada di luar lingkup yang dipilih.",
    "The complaint in this address was not found. It may lie outside the scope that is chosen.",
)
LIMIT = Text(
    "Ada {all} masukan sejak {since}. Daftar ini disusun dari {n} masukan terbaru dan semua keluhan yang "
    "sedang ditangani. Untuk melihat semuanya, pilih instansi atau unit.",
    "There are {all} comments since {since}. This list is made of the newest {n} and of all complaints that "
    "are in hand. To see all of them, choose an agency or a unit.",
)
HOW = Text(
    "Keluhan sejak {since} dan semua yang sedang ditangani. Keluhan tentang unsur yang sama di satu layanan "
    "dikelompokkan. Tenggat dalam hari kerja: ditinjau {look} (mendesak {urgent}), selesai {finish} "
    "({inspected} jika perlu pemeriksaan). Nomor dan alamat pribadi dihapus, nama orang disamarkan.",
    "Complaints since {since}, and all that are in hand. Complaints about the same service element of one "
    "service are put together. Limits in working days: looked at {look} (urgent {urgent}), finished {finish} "
    "({inspected} where an inspection is needed). Personal numbers and addresses are taken out, names are "
    "masked.",
)
MORE = Text("Tampilkan lebih banyak", "Show more")

URGENT = Text("Mendesak: {what}", "Urgent: {what}")
COUNT = Text("{n} keluhan", "complaints: {n}")
TIMES = Text("{n} kali", "{n} times")
OTHERS = Text("{n} ungkapan lainnya", "{n} more wordings")
SINCE = Text("Sejak {date} · {n} dari {limit} hari kerja", "Since {date} · working day {n} of {limit}")
LATE = Text(
    "Sejak {date} · lewat tenggat {late} hari kerja", "Since {date} · overdue by working days: {late}"
)
OWNER = Text("Penanggung jawab: {who}", "Responsible: {who}")
NO_OWNER = Text("Penanggung jawab belum ditentukan", "Nobody is responsible yet")
REPLY = Text("Jawaban untuk warga: “{reply}”", "Reply to the citizen: “{reply}”")
BEFORE = Text("Keluhan serupa sebelumnya: {state}.", "Like complaints before: {state}.")
#: What “Samakan dengan keputusan terakhir” would send.
BEFORE_REPLY = Text(
    "Keluhan serupa sebelumnya: {state}, dengan jawaban “{reply}”",
    "Like complaints before: {state}, with the reply “{reply}”",
)
ACTION = Text("Tindakan: {plan} ({status}).", "Action: {plan} ({status}).")
ACTION_DONE = Text(
    "Tindakannya sudah selesai. Beri jawaban agar warga mengetahuinya.",
    "The action is done. Reply, so that the citizen knows.",
)
DRAFT = Text("rencana belum diisi", "no plan yet")

HANDLE = Text("Tangani", "Handle")
LOOKED_AT = Text("Sudah ditinjau", "Looked at")
SAME_AGAIN = Text("Samakan dengan keputusan terakhir", "Decide as the last time")
MAKE_ACTION = Text("Jadikan tindakan", "Make it an action")
TO_ACTION = Text("Buka tindakan", "Open the action")
GIVE_REPLY = Text("Beri jawaban", "Reply")
CLOSE = Text("Tutup", "Close")
SAVE = Text("Simpan", "Save")
STATE_FIELD = Text("Status", "State")
OWNER_FIELD = Text("Penanggung jawab (jabatan)", "Position responsible")
OWNER_EXAMPLE = Text("Kepala Seksi Pelayanan", "Head of the service section")
OWNER_HELP = Text("Jabatan, bukan nama orang.", "A position, never a person's name.")
REPLY_FIELD = Text("Jawaban untuk warga", "Reply to the citizen (Indonesian)")
REPLY_EN_FIELD = Text("Jawaban dalam bahasa Inggris (opsional)", "Reply in English (optional)")
WHO_READS = Text(
    "Siapa pun yang memiliki alamat halaman tanda terima keluhan ini dapat membaca jawabannya. Jangan "
    "menyebut nama, nomor, atau alamat seseorang.",
    "Whoever has the address of a receipt of one of these complaints can read the reply. Do not mention "
    "anybody's name, number or address.",
)
UNSUR_FIELD = Text("Unsur yang ditindaklanjuti", "Service element to act on")
SAVED = Text("Tersimpan.", "Saved.")
TAKEN_UP = Text(
    "Keluhan menjadi bagian dari tindak lanjut. Isi rencana dan tenggat di “{open}”.",
    "The complaint is part of the follow-up now. Fill in the plan and its quarter at “{open}”.",
).format(open=TO_ACTION)
#: Who sees to it until somebody else is named.
HEAD_OF_UNIT = "Kepala unit layanan"
