"""What an interview keeps to, for it to count without another word."""

from kithwork.core.schemes import InterviewKind
from kithwork.core.verdict import YES, Verdict, no


def keeps_to(kind: InterviewKind, *, minutes: int, eligible: bool) -> Verdict:
    """Whether an interview was no longer than the scheme allows, and the kind's own rules were kept.

    `eligible` is the assessor's word that those rules were kept, such as that a mentor has been in a match; a kind
    without rules asks for none. An interview that departs counts with a reason, which is kept with it.
    """
    if minutes > kind.minutes:
        return no(f"It lasted {minutes} minutes and the scheme allows {kind.minutes}. Say why it was longer.")
    if kind.rules and not eligible:
        return no("Say that the rules of this interview were kept, or which was not and why it counts all the same.")
    return YES
