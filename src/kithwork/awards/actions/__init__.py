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
    try_again,
)
from kithwork.awards.actions.dossiers import note_fetched, open_dossier, stop_dossier
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
    "note_fetched",
    "open_dossier",
    "opened",
    "place",
    "readdress",
    "revoke",
    "rotate",
    "sign_placed",
    "stop_dossier",
    "try_again",
]
