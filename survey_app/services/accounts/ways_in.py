"""Accounts that come by a provider come in no other way, and with no other roles than it says.

Else somebody who has left, and whom the provider lets in no more, would keep a key of their own.
"""

from __future__ import annotations

from survey_app.errors import Refused
from survey_app.storage import accounts
from survey_app.storage.database import Connection, Database
from survey_app.text import Text

FROM_PROVIDER = Text(
    "Peran dan cara masuk akun ini diatur oleh layanan yang dipakainya untuk masuk. Ubah di sana.",
    "The roles of this account, and how it signs in, are set by the service that it signs in with. Change "
    "them there.",
)


def require_ours(connection: Connection, account_id: int) -> None:
    """Refuse to give or take a role, a link or a key of an account that comes by a provider.

    Raises: Refused `roles-from-provider`.
    """
    account = accounts.by_id(connection, account_id)
    if account is not None and account.from_provider:
        raise Refused("roles-from-provider", FROM_PROVIDER)


def are_ours(database: Database, account_id: int) -> bool:
    """Whether somebody may set a password and keys here."""
    with database.look() as connection:
        account = accounts.by_id(connection, account_id)
    return account is not None and not account.from_provider
