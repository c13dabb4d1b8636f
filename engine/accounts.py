"""Where the test account of the unified login comes from: the environment or the machine's keyring, no file of ours.

The account is the one that the portal's owner has set up for the evaluation (methodology.md §5), never a citizen's
own. It is no field of ``Settings``: a ``yuece.toml`` that holds it is refused, and nothing of it is written anywhere.
"""

import os
from collections.abc import Mapping

import keyring
from keyring.errors import KeyringError

from domain.errors import UsageError
from portals.citizen import Account

NAME_VARIABLE, PASSWORD_VARIABLE = "YUECE_ACCOUNT_NAME", "YUECE_ACCOUNT_PASSWORD"
SERVICE = "yuece"
NAME_ENTRY, PASSWORD_ENTRY = "account-name", "account-password"


def find_account(environment: Mapping[str, str] | None = None) -> Account | None:
    """Return the test account, ``None`` when there is none; raise ``UsageError`` for half an account."""
    told = os.environ if environment is None else environment
    name, password = told.get(NAME_VARIABLE, ""), told.get(PASSWORD_VARIABLE, "")
    if not name and not password:
        name, password = ask_keyring(NAME_ENTRY), ask_keyring(PASSWORD_ENTRY)
    if not name and not password:
        return None
    if not name or not password:
        raise UsageError(
            f"the test account needs a name and a password: set {NAME_VARIABLE} and {PASSWORD_VARIABLE}, "
            f"or `keyring set {SERVICE} {NAME_ENTRY}` and `keyring set {SERVICE} {PASSWORD_ENTRY}`"
        )
    return Account(username=name, password=password)


def ask_keyring(entry: str) -> str:
    """Return an entry of the keyring; "" when there is none, or no keyring on this machine."""
    try:
        return keyring.get_password(SERVICE, entry) or ""
    except (KeyringError, RuntimeError, OSError):
        return ""


def known_secrets(*accounts: Account | None) -> tuple[str, ...]:
    """Return what a leak scan looks for: the given accounts and the one of this machine."""
    return tuple(
        text for account in (*accounts, find_account()) if account for text in (account.username, account.password)
    )
