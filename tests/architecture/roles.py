"""Who may do what, as one page to read: docs/roles.md; run as a module it writes that page anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from survey_app.pages.specs import PAGES
from survey_app.services.places.permissions import PERMISSIONS
from survey_app.services.places.roles import Role
from survey_app.services.places.scope import Scope
from tests.services.asked import ASKED
from tests.services.changes import CHANGES

DOCUMENT = Path(__file__).parents[2] / "docs/roles.md"
_HEAD = """# Who may do what

Written by `python -m tests.architecture.roles` from the one table,
`survey_app/services/places/permissions.py`, from the pages and from what the tests try of every service.
✓ holds inside the person's scope only. Outside it a service refuses (`scope-refused`) or tells nothing, and a
page shows nothing; in another role it refuses (`role-refused`). `tests/services/test_roles.py` tries each
line with every role, inside the scope and outside it. *At least* is the smallest scope in which it can be
done to one unit. `publik` has not signed in. Why the roles are as they are: decisions/roles.md.
"""


def document() -> str:
    """The page as it is to be."""
    actions = [([f"`{action}`"], roles) for action, roles in PERMISSIONS.items()]
    pages = [
        ([f"`{p.path}`", p.title.id, p.reach.name.lower()], PERMISSIONS[p.action] if p.action else set(Role))
        for p in PAGES
    ]
    changes = [([f"`{name}`", _reach(c.place)], c.roles) for name, c in sorted(CHANGES.items())]
    asked = [([f"`{name}`", _reach(a.place)], a.roles) for name, a in sorted(ASKED.items())]
    return "\n".join(
        [
            _HEAD,
            "## Actions\n",
            *_table(["Action"], actions),
            "## Pages\n",
            *_table(["Page", "Title", "At least"], pages),
            "## What services change\n",
            *_table(["Service", "At least"], changes),
            "## What services tell, and make, for who may\n",
            *_table(["Service", "At least"], asked),
        ]
    )


def _table(names: Iterable[str], rows: Iterable[tuple[list[str], Collection[Role]]]) -> list[str]:
    columns = [*names, *Role]
    lines = [columns, ["---"] * len(columns)]
    lines += [[*cells, *("✓" if role in roles else "" for role in Role)] for cells, roles in rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _reach(place: Scope) -> str:
    return place.reach.name.lower()


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
