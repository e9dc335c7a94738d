"""What the page of tasks says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from survey_app.services.follow_up.tasks import Turn
from survey_app.text import Text

TITLE = Text("Tugas", "Tasks")
TURNS: Mapping[Turn, Text] = {
    Turn.OVERDUE: Text("lewat tenggat", "overdue"),
    Turn.DUE: Text("jatuh tempo triwulan ini", "due this quarter"),
    Turn.RUNNING: Text("berjalan", "under way"),
    Turn.DRAFT: Text("konsep tanpa rencana atau tenggat", "drafts without a plan or a due quarter"),
    Turn.LATER: Text("direncanakan berikutnya", "planned for later"),
}
#: Heads of narrow columns.
SHORT: Mapping[Turn, Text] = {
    Turn.OVERDUE: Text("Lewat tenggat", "Overdue"),
    Turn.DUE: Text("Triwulan ini", "This quarter"),
    Turn.RUNNING: Text("Berjalan", "Under way"),
    Turn.DRAFT: Text("Konsep", "Drafts"),
    Turn.LATER: Text("Berikutnya", "Later"),
}
OVERDUE_AND_DUE = Text(
    "{late} tindakan lewat tenggat, {due} jatuh tempo triwulan ini.",
    "Actions overdue: {late}; due this quarter: {due}.",
)
OVERDUE_ONLY = Text(
    "{late} tindakan lewat tenggat; tidak ada yang jatuh tempo triwulan ini.",
    "Actions overdue: {late}; none is due this quarter.",
)
DUE_ONLY = Text(
    "Tidak ada yang lewat tenggat; {due} tindakan jatuh tempo triwulan ini.",
    "Nothing is overdue. Actions due this quarter: {due}.",
)
NOTHING_PRESSING = Text(
    "Tidak ada yang lewat tenggat atau jatuh tempo triwulan ini; {rest} tindakan lain menunggu.",
    "Nothing is overdue or due this quarter. Other actions waiting: {rest}.",
)
NOTHING = Text("Tidak ada tindakan yang menunggu.", "No action is waiting.")
COMPLAINTS = Text("Keluhan", "Complaints")
CASES = Text("{n} keluhan sedang ditangani.", "Complaints in hand: {n}.")
CASES_LATE = Text(
    "{n} keluhan sedang ditangani, {late} lewat tenggat.", "Complaints in hand: {n}, overdue: {late}."
)
IN_HAND = Text("keluhan sedang ditangani", "complaints in hand")
SAID, SINCE = Text("Keluhan", "Complaint"), Text("Sejak", "Since")
TIMES = Text("{n} kali", "{n} times")
WORKING_DAYS = Text("{n} dari {limit} hari kerja", "working day {n} of {limit}")
WORKING_DAYS_LATE = Text("lewat tenggat {n} hari kerja", "overdue by working days: {n}")
HANDLE = Text("Tangani", "Handle")
CHOOSE = Text("Pilih jabatan", "Choose a position")
POSITION = Text("Jabatan", "Position")
NOBODY = Text("Tanpa penanggung jawab", "Nobody responsible")
OFFERED = Text("{name} ({n})", "{name} ({n})")
PLAN, DUE = Text("Rencana", "Plan"), Text("Tenggat", "Due")
VALUE_NOW = Text("Unsur, nilai kini", "Element, score now")
VALUE = Text("NRR {value}", "NRR {value}")
LATE = Text("terlambat {n} hari", "{n} days late")
OPEN = Text("Buka", "Open")
MORE = Text("{n} lainnya", "{n} more")
NO_PLAN = Text("Konsep: rencana belum diisi", "Draft: no plan yet")
HOW = Text(
    "Jabatan dibaca dari penanggung jawab di daftar Tindak lanjut; huruf besar dan spasi tidak membedakan. "
    "Nilai unsur dari triwulan terakhir yang memiliki jawaban.",
    "Positions are those named as responsible in the list of follow-up; capitals and blanks make no "
    "difference. Scores are of the last quarter that has answers.",
)
