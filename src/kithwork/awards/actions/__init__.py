"""Every write to awards, and to what proves them: keys, credentials and status lists."""

from kithwork.awards.actions.credentials import (
    ask,
    ask_for,
    follow,
    place,
    readdress,
    revoke,
    rotate,
    sign_placed,
)
from kithwork.awards.actions.granting import agree_to_listing, change_standing, grant
from kithwork.awards.actions.keys import key_in_use, opened

__all__ = [
    "agree_to_listing",
    "ask",
    "ask_for",
    "change_standing",
    "follow",
    "grant",
    "key_in_use",
    "opened",
    "place",
    "readdress",
    "revoke",
    "rotate",
    "sign_placed",
]
