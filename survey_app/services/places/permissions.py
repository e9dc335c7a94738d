"""What each role may do: the one table, which services and pages ask through `Acting`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from survey_app.services.places.roles import Role


class Action(StrEnum):
    """What somebody could want to allow alone. Where it may be done is said by the scope."""

    #: Take the survey.
    ANSWER = "answer"
    #: Results as the public page would have them, and comments with names masked.
    SEE_RESULTS = "see-results"
    #: What stays inside: every sheet, counts of few people, names in comments, the internal edition.
    SEE_INSIDE = "see-inside"
    SEE_FOLLOW_UP = "see-follow-up"
    CHANGE_FOLLOW_UP = "change-follow-up"
    #: Judge what the machine reads in comments.
    CHECK_COMMENTS = "check-comments"
    SET_TARGETS = "set-targets"
    WRITE_REPORT = "write-report"
    PUBLISH = "publish"
    #: Which reports are made by themselves, and when.
    ORDER_REPORTS = "order-reports"
    #: Have a scheduled report made now, or anew.
    MAKE_REPORTS = "make-reports"
    ENTER_PAPER = "enter-paper"
    PAIR_KIOSKS = "pair-kiosks"
    #: Queue codes, and whether a service asks for one.
    ISSUE_CODES = "issue-codes"
    #: How units are set up, and what was imported for them.
    SEE_SETTINGS = "see-settings"
    #: A unit's services, opening hours and users served.
    MANAGE_UNIT = "manage-unit"
    WITHDRAW_IMPORT = "withdraw-import"
    #: What was measured of staff, of one's own units only.
    IMPORT_STAFF = "import-staff"
    #: Which agencies and units there are, and which of them take answers.
    CREATE_UNITS = "create-units"
    #: Which questionnaires there are, and which one a unit uses.
    CHANGE_QUESTIONNAIRES = "change-questionnaires"
    SEE_PEOPLE = "see-people"
    #: Who may sign in, in which role and for which place.
    MANAGE_PEOPLE = "manage-people"
    #: Keys with which other programs ask and change, and where news is sent.
    CONNECT_PROGRAMS = "connect-programs"
    #: Answer sheets in a file.
    IMPORT_ANSWERS = "import-answers"
    #: See the pages as somebody else's role shows them, to help; nothing can be changed meanwhile.
    VIEW_AS = "view-as"
    #: Who did what.
    SEE_AUDIT = "see-audit"
    ACCEPT_CLOCK = "accept-clock"
    #: Take personal data out of comments that are stored already.
    REDACT = "redact"
    LOAD_DEMO = "load-demo"


_ADMINS = frozenset({Role.ADMIN})
_MANAGERS = _ADMINS | {Role.MANAGER}
_COUNTER = _MANAGERS | {Role.OPERATOR}
_READERS = _MANAGERS | {Role.LEADERSHIP, Role.AUDITOR}

#: Leadership changes nothing but targets; the auditor changes nothing and sees nothing of what stays inside.
PERMISSIONS: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.ANSWER: frozenset(Role),
        Action.SEE_RESULTS: _READERS | {Role.OPERATOR},
        Action.SEE_INSIDE: _MANAGERS | {Role.LEADERSHIP},
        Action.SEE_FOLLOW_UP: _READERS,
        Action.CHANGE_FOLLOW_UP: _MANAGERS,
        Action.CHECK_COMMENTS: _MANAGERS,
        Action.SET_TARGETS: _MANAGERS | {Role.LEADERSHIP},
        Action.WRITE_REPORT: _MANAGERS,
        Action.PUBLISH: _MANAGERS,
        Action.ORDER_REPORTS: _ADMINS,
        Action.MAKE_REPORTS: _MANAGERS,
        Action.ENTER_PAPER: _COUNTER,
        Action.PAIR_KIOSKS: _COUNTER,
        Action.ISSUE_CODES: _MANAGERS,
        Action.SEE_SETTINGS: _READERS,
        Action.MANAGE_UNIT: _MANAGERS,
        Action.WITHDRAW_IMPORT: _MANAGERS,
        Action.IMPORT_STAFF: _MANAGERS,
        Action.CREATE_UNITS: _ADMINS,
        Action.CHANGE_QUESTIONNAIRES: _ADMINS,
        Action.SEE_PEOPLE: _MANAGERS,
        Action.MANAGE_PEOPLE: _MANAGERS,
        Action.CONNECT_PROGRAMS: _MANAGERS,
        Action.IMPORT_ANSWERS: _MANAGERS,
        Action.VIEW_AS: _MANAGERS,
        Action.SEE_AUDIT: _ADMINS | {Role.AUDITOR},
        Action.ACCEPT_CLOCK: _ADMINS,
        Action.REDACT: _ADMINS,
        Action.LOAD_DEMO: _ADMINS,
    }
)

#: What only looks. Every other action changes something, one that is added here or not: who forgets it is
#: refused too much, and never too little.
READING: frozenset[Action] = frozenset(
    {
        Action.ANSWER,
        Action.SEE_RESULTS,
        Action.SEE_INSIDE,
        Action.SEE_FOLLOW_UP,
        Action.SEE_SETTINGS,
        Action.SEE_PEOPLE,
        Action.SEE_AUDIT,
    }
)

#: Which roles one may give to others, inside the own scope: nobody raises anybody above oneself.
MAY_GIVE: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Role) - {Role.PUBLIC},
        Role.MANAGER: frozenset({Role.MANAGER, Role.OPERATOR}),
    }
)
