"""What a citizen agrees to by sending: which version of the text is in force, and who has still to read it.

The text is `consent` in web/words.json, for the form on phones and the kiosk. docs/decisions/consent.md says
what each version was and what is stored of it.
"""

from __future__ import annotations

from survey_app.text import Text

#: Raised whenever the text of either language changes; a test holds the two together.
VERSION = 2
#: Shown until a jurist has approved this version.
TO_BE_APPROVED = Text(
    "Teks persetujuan dan pelindungan data pada formulir: versi {version}. Teks ini masih perlu disetujui "
    "ahli hukum.",
    "Text of consent and data protection on the form: version {version}. A jurist has still to approve it.",
)
