"""What the product is called where people meet it: in a tab, at the head of a page, on a device that asks."""

from __future__ import annotations

from survey_app.text import Text

#: Where there is room for two words.
SHORT = Text("Survei Kepuasan", "Public survey")
NAME = Text("Survei Kepuasan Masyarakat", "Community satisfaction survey")
