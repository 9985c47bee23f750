"""Erasing somebody: what will go, what stays and why, and then doing it, in one transaction for each half."""

from kithwork.procedures.erasing.accounts import erase_account, plan_for_account
from kithwork.procedures.erasing.people import (
    Plan,
    erase_person,
    erase_referrer,
    erase_staff,
    plan_for_person,
    plan_for_referrer,
    plan_for_staff,
)

__all__ = [
    "Plan",
    "erase_account",
    "erase_person",
    "erase_referrer",
    "erase_staff",
    "plan_for_account",
    "plan_for_person",
    "plan_for_referrer",
    "plan_for_staff",
]
