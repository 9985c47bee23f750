"""Every write of matching: rules, searches, and what a person decides about a pair."""

from kithwork.matching.actions.apart import keep_apart, let_together
from kithwork.matching.actions.deciding import decide, refuse
from kithwork.matching.actions.erasing import erase, of_service, preview, unname
from kithwork.matching.actions.searching import find, set_rules

__all__ = [
    "decide",
    "erase",
    "find",
    "keep_apart",
    "let_together",
    "of_service",
    "preview",
    "refuse",
    "set_rules",
    "unname",
]
