"""What is said of the text that a citizen agrees to by sending. Its version: `services/answers/consent`."""

from __future__ import annotations

from survey_app.text import Text

#: Shown until a jurist has approved this version.
TO_BE_APPROVED = Text(
    "Teks persetujuan dan pelindungan data pada formulir: versi {version}. Teks ini masih perlu disetujui "
    "ahli hukum.",
    "Consent and data protection text on the form: version {version}. It has still to be approved by a "
    "jurist.",
)
