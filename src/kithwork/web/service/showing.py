"""Cards of what is offered as evidence, and of a requirement's thread."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from kithwork.core.casework import redacted
from kithwork.core.freshness import freshness
from kithwork.core.schemes import Edition, Requirement
from kithwork.evidence.queries import Gathered, ThreadEvent
from kithwork.web.kit.cards import Kind, StateTag
from kithwork.web.service.words import freshness_words, slot_name


class Kept(Protocol):
    """An item of evidence as it is kept."""

    ref: str
    kind: str
    title: str
    dated: date | None
    text: str
    url: str
    file_name: str
    media_type: str
    size: int
    pages: int | None
    casework: bool
    added_on: date

    @property
    def removed_at(self) -> object: ...

    @property
    def destroyed_at(self) -> object: ...

    @property
    def redacted_at(self) -> object: ...

    @property
    def added_by(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Card:
    """One item as the pages show it."""

    ref: str
    title: str
    what: str  # 'PDF, 3 pages, 120 KB' or 'Link' or 'Statement'
    href: str  # its page; empty when it is gone
    file: str  # where to download it, for files
    url: str
    text: str
    dated: date | None
    fresh: str
    tag: StateTag | None
    declared: bool  # redacted
    undeclared: str  # why it must be, before it counts here
    added: str
    added_on: date
    serves: tuple[tuple[str, str], ...] = ()  # what else it is used for: (name, address)
    note: str = ""  # what else is to be known of it


_WORDS = {"link": "Link", "statement": "Statement", "piece": "Text"}
_TYPES = {
    "application/pdf": "PDF",
    "image/png": "Picture",
    "image/jpeg": "Picture",
    "text/plain": "Text file",
    "text/csv": "Table",
}


def what_is(item: Kept) -> str:
    if item.kind != "file":
        return _WORDS.get(item.kind, item.kind)
    ending = item.file_name.rpartition(".")[2].upper() if "." in item.file_name else "File"
    parts = [_TYPES.get(item.media_type, f"{ending} file")]
    if item.pages:
        parts.append(f"{item.pages} {'page' if item.pages == 1 else 'pages'}")
    parts.append(filesizeformat(item.size).replace("\xa0", " "))
    return ", ".join(parts)


def card(
    item: Kept,
    ref: str,
    today: date,
    *,
    requirement: Requirement | None = None,
    edition: Edition | None = None,
    held: Gathered | None = None,
    besides: str = "",
    note: str = "",
) -> Card:
    """An item as a card; with `held`, what else it serves besides the slot one is at."""
    gone, declared = item.destroyed_at is not None, item.redacted_at is not None
    fresh = freshness(requirement, item.dated, today)
    words, tag = freshness_words(requirement, item.dated, fresh)
    serves: list[tuple[str, str]] = []
    if held is not None and edition is not None:
        for slot, items in held.items.items():
            if slot != besides and any(one.ref == item.ref for one in items):
                serves.append((slot_name(edition, slot), _address(edition, ref, slot)))
    return Card(
        item.ref,
        item.title,
        "Destroyed after a data breach" if gone else what_is(item),
        "" if gone or item.removed_at is not None else reverse("item", args=[ref, item.ref]),
        reverse("item_file", args=[ref, item.ref]) if item.kind == "file" and not gone and not item.removed_at else "",
        item.url,
        item.text,
        item.dated,
        "" if gone or (requirement is None and fresh.verdict) else words,  # of no requirement, nothing is known
        None if gone else tag,
        declared,
        "" if gone else redacted(requirement, casework=item.casework, declared=declared).because,
        str(item.added_by),
        item.added_on,
        tuple(serves),
        note,
    )


def _address(edition: Edition, ref: str, slot: str) -> str:
    from_requirement = any(requirement.id == slot for requirement in edition.requirements)
    return reverse("requirement" if from_requirement else "piece", args=[ref, slot])


@dataclass(frozen=True, slots=True)
class Said:
    """One thing in a thread, as it is shown."""

    title: str
    tag: StateTag | None
    who: str
    on: date
    text: str
    items: tuple[Card, ...]
    mine: bool
    register: str = ""  # of a data breach: where the service notes what it did


def thread_cards(
    events: list[ThreadEvent], ref: str, today: date, words_assessor: str, register: str = ""
) -> list[Said]:
    """A thread for the applicant, newest first: what awaits an answer is on top. `register` is the one of breaches."""
    shown: list[Said] = []
    for event in reversed(events):
        title, tag = {
            "sent": (f"Sent, round {event.number}", None),
            "confirmed": ("Confirmed", StateTag("Confirmed", Kind.GREEN)),
            "returned": ("More asked for", StateTag("More asked for", Kind.AMBER)),
            "breached": ("Data breach", StateTag("Data breach", Kind.RED)),
            "remark": ("Remark", None),
        }[event.kind]
        role = "your service" if event.side == "applicant" else f"your {words_assessor}"
        who = f"{event.who}, {role}" if event.side else event.who
        shown.append(
            Said(
                title,
                tag,
                who,
                event.on,
                event.text,
                tuple(card(item, ref, today) for item in event.items),
                event.side == "applicant",
                register if event.kind == "breached" else "",
            )
        )
    return shown
