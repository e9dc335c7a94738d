"""What is said of the text that a citizen agrees to by sending. Its version: `services/answers/consent`."""

from __future__ import annotations

from survey_app.text import Text

#: Shown until a jurist has approved this version.
TO_BE_APPROVED = Text(
    "Teks persetujuan dan pelindungan data pada formulir: versi {version}. Teks ini masih perlu disetujui "
    "ahli hukum.",
    "Text of consent and data protection on the form: version {version}. A jurist has still to approve it.",
)
