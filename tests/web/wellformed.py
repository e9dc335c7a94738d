"""What is wrong with a page: nesting that a browser would silently rearrange, and broken references."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: These hold text and what stands in a line of it, nothing with a line of its own.
LINES = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "span",
    "label",
    "legend",
    "small",
    "strong",
    "b",
    "button",
    "dt",
    "output",
}
LINES |= {"summary", "em", "i", "code", "option", "title"}
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "header",
    "main",
    "footer",
    "nav",
    "form",
    "fieldset",
    "ul",
    "ol",
    "li",
}
BLOCKS |= {"dl", "dt", "dd", "table", "h1", "h2", "h3", "h4", "hr", "details", "figure", "pre", "blockquote"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"},
    "td": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "legend": {"fieldset"},
    "option": {"select"},
    "summary": {"details"},
    "main": {"body"},
}
CONTROLS = {"a", "button", "label", "select", "textarea"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form")


class _Nesting(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.referred: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)
        if tag not in VOID and "svg" not in self.open:
            self._fault(f"<{tag}/> closes nothing")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not self.open or self.open[-1] != tag:
            self._fault(f"</{tag}> does not end what is open")
        else:
            self.open.pop()

    def _look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open:
            self._look_at_parents(tag)
        given = {name: value or "" for name, value in attrs}
        if len(given) < len(attrs):
            self._fault(f"<{tag}> has an attribute twice")
        self.ids.update(filter(None, [given.get("id")]))
        self.referred.update(*(given.get(name, "").split() for name in REFERENCES))
        if given.get("href", "").startswith("#"):
            self.referred.add(given["href"][1:])

    def _look_at_parents(self, tag: str) -> None:
        if tag in BLOCKS and (holders := LINES & set(self.open)):
            self._fault(f"<{tag}> in {sorted(holders)}")
        if tag in PARENTS and self.open[-1] not in PARENTS[tag]:
            self._fault(f"<{tag}> is no child of <{self.open[-1]}>")
        if tag in CONTROLS - {"select", "textarea"} and CONTROLS & set(self.open):
            self._fault(f"<{tag}> in another control")

    def _fault(self, words: str) -> None:
        self.faults.append(f"{words}, in {' > '.join(self.open)}")


def faults(html: str) -> list[str]:
    """Everything found; [] for a page that every browser reads as it is written."""
    reader = _Nesting()
    reader.feed(html)
    reader.close()
    left = [f"<{tag}> is not ended" for tag in reader.open]
    twice = [f"the id {name} stands {times} times" for name, times in reader.ids.items() if times > 1]
    lost = [f"nothing has the id {name}" for name in sorted(reader.referred - reader.ids.keys())]
    return reader.faults + left + twice + lost
