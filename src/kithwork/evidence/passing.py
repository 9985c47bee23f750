"""Whether something has been let through the privacy gate, as it stands now. Nothing that has not leaves the house."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kithwork.accounts.models import User
from kithwork.core.verdict import YES, Verdict, no
from kithwork.evidence.models import Item

# What is said when something is let through, word for word. A person's declaration is `actions.REDACTED`.
NOTHING_FOUND = "It was looked through when it was sent, and nothing in it was found to identify anybody."
MADE_REDUCED = "It was made from records with every name reduced to an initial."
NOBODY_ON_IT = "I have looked at the page behind this link, and nobody who is supported or mentors can be found on it."


@dataclass(frozen=True, slots=True)
class Passing:
    """Who let something through the gate, when, and in which words."""

    by: User
    at: datetime
    wording: str


def seal_of(item: Item) -> str:
    """The digest of all that a reader of an item gets to see. Other words, another seal."""
    said = "\x00".join((item.title, item.text, item.url, item.file_name, item.digest))
    return sha256(said.encode()).hexdigest()


def let_through(item: Item, passing: Passing | None) -> None:
    """Note on an item who let it through, as it stands now; its caller saves it. None: nobody has."""
    item.passed_by = passing.by if passing else None
    item.passed_at = passing.at if passing else None
    item.passed_wording = passing.wording if passing else ""
    item.passed_digest = seal_of(item) if passing else ""


def has_passed(item: Item) -> Verdict:
    """Whether an item went through the gate, and is what it was then."""
    if item.held_at is not None:
        return no("It is held back, for somebody may be named in it: open it, and decide what becomes of it.")
    if item.passed_at is None:
        return no("It has not been through the privacy gate: open it, and look through what is found in it.")
    if item.passed_digest != seal_of(item):
        return no("It was changed after it went through the privacy gate: open it, and look through it again.")
    return YES


def passing_of(item: Item) -> Passing | None:
    """Who let an item through, if it is what it was then: what says the very same needs no second look."""
    if not has_passed(item) or item.passed_by is None or item.passed_at is None:
        return None
    return Passing(item.passed_by, item.passed_at, item.passed_wording)


def veiled(item: Item) -> Item:
    """An item as those outside the applicant's side may see it: of one that has not passed, that there is one. Never
    save what this gives.
    """
    if item.destroyed_at is None and not has_passed(item):
        item.title, item.text, item.url, item.file_name, item.digest = "Held back by the applicant", "", "", "", ""
        item.file, item.declarations = None, {}
    return item
