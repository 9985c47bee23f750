"""Every write at the gate."""

from kithwork.gate.actions.deciding import APPROVED, approve, decide, mark_words, teach
from kithwork.gate.actions.destroying import destroy, tidy_on_commit, withdraw
from kithwork.gate.actions.taking import take_in
from kithwork.gate.actions.working import (
    claim,
    fail,
    finished,
    keep_scan,
    remember,
    rescanned,
    say_so,
    send_back,
    try_again,
)

__all__ = [
    "APPROVED",
    "approve",
    "claim",
    "decide",
    "destroy",
    "fail",
    "finished",
    "keep_scan",
    "mark_words",
    "remember",
    "rescanned",
    "say_so",
    "send_back",
    "take_in",
    "teach",
    "tidy_on_commit",
    "try_again",
    "withdraw",
]
