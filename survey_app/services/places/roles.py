"""The roles of the people who work with the results. What each may do: `permissions`."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A role, by the word people know it by. It is stored with what somebody changes."""

    OPERATOR = "operator"
    MANAGER = "pengelola"
    LEADERSHIP = "pimpinan"
    AUDITOR = "auditor"
    ADMIN = "admin"
    #: Who has not signed in. No account has it.
    PUBLIC = "publik"
