"""Every write of matching: rules, searches, and what a person decides about a pair."""

from kithwork.matching.actions.apart import keep_apart, let_together
from kithwork.matching.actions.deciding import decide, refuse
from kithwork.matching.actions.erasing import erase, of_service, preview, unname
from kithwork.matching.actions.searching import ask, find, find_asked, set_rules

__all__ = [
    "ask",
    "decide",
    "erase",
    "find",
    "find_asked",
    "keep_apart",
    "let_together",
    "of_service",
    "preview",
    "refuse",
    "set_rules",
    "unname",
]
