"""What the list of all actions says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from survey_app.services.follow_up.listing import Stage
from survey_app.text import Text

STAGES: Mapping[Stage, Text] = {
    Stage.OVERDUE: Text("lewat tenggat", "overdue"),
    Stage.FELL: Text("selesai, tetapi nilainya turun", "done, but the score fell"),
    Stage.ROSE: Text("selesai dan nilainya naik", "done, and the score rose"),
    Stage.RUNNING: Text("berjalan", "under way"),
    Stage.PLANNED: Text("direncanakan atau ditunda", "planned or postponed"),
    Stage.DONE: Text("selesai, nilainya belum jelas berubah", "done, no clear change of the score"),
    Stage.CANCELLED: Text("dibatalkan", "cancelled"),
}
#: To who is told no value, what is done is neither followed by a change nor without one.
DONE = Text("selesai", "done")
HINTS: Mapping[Stage, Text] = {
    Stage.OVERDUE: Text("tetapkan tenggat baru atau selesaikan", "set a new quarter, or finish them"),
    Stage.FELL: Text("perlu dievaluasi", "to be looked into"),
    Stage.ROSE: Text("layak ditiru unit lain", "worth copying elsewhere"),
}
FLOW: Mapping[str, Text] = {
    Stage.PLANNED.value: Text("Direncanakan", "Planned"),
    Stage.RUNNING.value: Text("Berjalan", "Under way"),
    Stage.OVERDUE.value: Text("Lewat tenggat", "Overdue"),
    Stage.DONE.value: Text("Selesai", "Done"),
}
OVERDUE_AND_DONE = Text(
    "{late} tindakan lewat tenggat; dari {done} yang selesai, {rose} diikuti kenaikan yang jelas.",
    "Actions overdue: {late}. Of {done} that are done, {rose} were followed by a clear rise.",
)
OVERDUE_BESIDE_DONE = Text(
    "{late} tindakan lewat tenggat; {done} sudah selesai.", "Actions overdue: {late}; done: {done}."
)
OVERDUE_ONLY = Text("{late} tindakan lewat tenggat.", "Actions overdue: {late}.")
NONE_OVERDUE = Text(
    "Tidak ada yang lewat tenggat; dari {done} yang selesai, {rose} diikuti kenaikan yang jelas.",
    "Nothing is overdue. Of {done} actions that are done, {rose} were followed by a clear rise.",
)
NONE_OVERDUE_DONE = Text(
    "Tidak ada yang lewat tenggat; {done} tindakan sudah selesai.",
    "Nothing is overdue; actions done: {done}.",
)
ALL_IN_TIME = Text(
    "Tidak ada tindakan yang lewat tenggat; {n} tindakan tercatat.", "Nothing is overdue; actions: {n}."
)
NOTHING = Text(
    "Belum ada tindakan: usulkan dari unsur terendah sebuah unit.",
    "There are no actions yet: propose them from the lowest service element of a unit.",
)
HOW = Text(
    "{n} tindakan di {units} unit. Nilai unsur sebelum tindakan dibandingkan dengan periode terakhir yang "
    "diukur. Pita: selang 95% dari selisihnya; garis tegak: tidak berubah. Disebut naik atau turun hanya "
    "yang jelas, dengan memperhitungkan semua tindakan di daftar ini. Unsur masuk daftar karena nilainya "
    "rendah, sehingga sebagian kenaikan dapat terjadi tanpa tindakan.",
    "Actions: {n}, units: {units}. The score of the service element before the action is compared with the "
    "period measured last. Band: 95% interval of the difference; upright line: no change. Called up or "
    "down only where it is clear with all actions of this list allowed for. Service elements are listed "
    "here because they were low, so part of a rise can happen without any action.",
)
COUNTED = Text("{n} tindakan di {units} unit.", "Actions: {n}, units: {units}.")
REALISED = Text(
    "Terealisasi {share}: {done} dari {due} tindakan yang tenggatnya sudah lewat.",
    "Realised {share}: {done} of {due} actions whose quarter is over.",
)
STARTED, FINISHED = Text("Mulai dikerjakan", "Under way"), Text("Selesai", "Done")
MEDIAN = Text(
    "separuhnya dalam {months} bulan; {happened} sudah, {open} belum{longest}",
    "half of them within {months} months; yes: {happened}, not yet: {open}{longest}",
)
NO_MEDIAN = Text(
    "belum sampai separuhnya; {happened} sudah, {open} belum{longest}",
    "not half of them yet; yes: {happened}, not yet: {open}{longest}",
)
LONGEST = Text(" (paling lama {n} bulan)", " (up to {n} months)")
SINCE = Text(
    "Dihitung dari akhir periode temuan. Yang belum ikut dihitung selama sudah menunggu (median "
    "Kaplan-Meier); yang dibatalkan tidak.",
    "From the end of the period of the finding. What still waits counts for as long as it has waited "
    "(Kaplan-Meier median); what was cancelled does not.",
)
LATE = Text("+{n} hari", "+{n} days")
MORE = Text("{n} lainnya", "{n} more")
EVIDENCE = Text("Bukti", "Evidence")
NO_EVIDENCE = Text(
    "{n} dari {all} tindakan yang selesai belum memiliki bukti.",
    "Actions done without evidence: {n} of {all}.",
)
BY_AGENCY = Text("Jelas naik, per instansi", "Clearly up, by agency")
BY_AGENCY_DONE = Text("Lewat tenggat, per instansi", "Overdue, by agency")
COLUMN_LATE = Text("lewat", "overdue")
COLUMN_ROSE = Text("naik / selesai", "up / done")
COLUMN_DONE = Text("selesai", "done")
NOT_MEASURED = Text("belum diukur lagi", "not measured again")
CLEAR_UP, CLEAR_DOWN = Text("naik", "up"), Text("turun", "down")
UNCLEAR = Text("belum jelas", "not clear")
NO_MATCH = Text("Tidak ada tindakan yang cocok.", "No action matches.")
EVERY_UNSUR = Text("Semua unsur", "All elements")
EVERYBODY = Text("Semua penanggung jawab", "Everybody responsible")
