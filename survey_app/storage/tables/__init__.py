"""The tables. Their history is in migrations/; a test holds the two together."""

from survey_app.storage.tables.accounts import (
    account,
    account_identity,
    account_role,
    account_session,
    account_view,
    failed_sign_in,
    oidc_request,
    one_time_link,
    passkey,
    passkey_challenge,
)
from survey_app.storage.tables.answers import (
    ImportState,
    answer_import,
    clock_acceptance,
    flag_cell,
    flag_month,
    kept_profile,
    paper_sheet,
    queue_batch,
    queue_code,
    response,
    response_flag,
    rollup,
    tail,
    unflagged,
)
from survey_app.storage.tables.api_keys import api_key
from survey_app.storage.tables.audit import audit, refusal_count
from survey_app.storage.tables.base import BIG_KEY, AppendOnly, Placed, UtcDateTime, metadata
from survey_app.storage.tables.calibrations import calibration, peers, unit_past
from survey_app.storage.tables.complaints import complaint_step
from survey_app.storage.tables.deliveries import outbox, webhook
from survey_app.storage.tables.judgements import comment_judgement
from survey_app.storage.tables.kiosks import device, pairing
from survey_app.storage.tables.places import (
    agency,
    opening_hours,
    service,
    target,
    unit,
    users_by_profile,
    volume,
)
from survey_app.storage.tables.questionnaires import questionnaire
from survey_app.storage.tables.reporting import (
    follow_up,
    publication,
    recap_publication,
    report_run,
    report_text,
    schedule,
)
from survey_app.storage.tables.staff import ipasn_import, ipasn_score, ipasn_sums

__all__ = [
    "BIG_KEY",
    "AppendOnly",
    "ImportState",
    "Placed",
    "UtcDateTime",
    "account",
    "account_identity",
    "account_role",
    "account_session",
    "account_view",
    "agency",
    "answer_import",
    "api_key",
    "audit",
    "calibration",
    "clock_acceptance",
    "comment_judgement",
    "complaint_step",
    "device",
    "failed_sign_in",
    "flag_cell",
    "flag_month",
    "follow_up",
    "ipasn_import",
    "ipasn_score",
    "ipasn_sums",
    "kept_profile",
    "metadata",
    "oidc_request",
    "one_time_link",
    "opening_hours",
    "outbox",
    "pairing",
    "paper_sheet",
    "passkey",
    "passkey_challenge",
    "peers",
    "publication",
    "questionnaire",
    "queue_batch",
    "queue_code",
    "recap_publication",
    "refusal_count",
    "report_run",
    "report_text",
    "response",
    "response_flag",
    "rollup",
    "schedule",
    "service",
    "tail",
    "target",
    "unflagged",
    "unit",
    "unit_past",
    "users_by_profile",
    "volume",
    "webhook",
]
