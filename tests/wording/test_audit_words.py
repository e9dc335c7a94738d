"""The audit log says what was done so that two things are never told alike."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import survey_app
from survey_app.wording import audit_words

SERVICES = Path(survey_app.__file__).parent / "services"
_AUDITED = re.compile(
    r"^@(?:audited|asked)\(\s*(?:permissions\.)?Action\.(\w+).*?^def (\w+)", re.DOTALL | re.MULTILINE
)


def audited() -> dict[str, set[str]]:
    """Of each right the services that write it down."""
    found = defaultdict(set)
    for path in SERVICES.rglob("*.py"):
        module = ".".join(path.relative_to(SERVICES).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        for action, name in _AUDITED.findall(text):
            found[action].add(f"{module}.{name}")
        # And where the entry is written by the service itself, which names itself.
        found["by hand"] |= set(re.findall(rf'"({re.escape(module)}\.\w+)"', text))
    return found


def test_what_is_done_by_one_right_is_told_apart() -> None:
    found = audited()
    assert len(found["MANAGE_PEOPLE"]) == 8
    several = [
        name for action, names in found.items() if len(names) > 1 and action != "by hand" for name in names
    ]
    told = {name: audit_words.done("", name) for name in several}
    assert [name for name, words in told.items() if not words.id] == []
    assert (
        len({words.id for words in told.values()}) == len({words.en for words in told.values()}) == len(told)
    )


def test_what_no_service_is_called_has_no_words() -> None:
    noted = {
        name
        for path in SERVICES.rglob("*.py")
        for name in re.findall(r'"service": "([\w.]+)"', path.read_text(encoding="utf-8"))
    }
    assert set(audit_words._BY_SERVICE) <= noted.union(*audited().values())
