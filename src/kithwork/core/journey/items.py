"""The states of many items under one stage: requirements sent, asked for again, breached, confirmed."""

from collections.abc import Iterable
from datetime import date

from kithwork.core.journey.entries import Entry, EntryKind
from kithwork.core.journey.position import ItemPosition, ItemState

MOVES = {
    EntryKind.SUBMITTED: ItemState.SENT,
    EntryKind.CONFIRMED: ItemState.CONFIRMED,
    EntryKind.RETURNED: ItemState.RETURNED,
    EntryKind.BREACHED: ItemState.BREACHED,
}


class Items:
    """Follows the items in scope; knows at every moment which were never sent and which are not confirmed."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.now = {item: ItemPosition(item, ItemState.BLANK) for item in ids}
        self.unsent = set(self.now)
        self.unconfirmed = set(self.now)

    def widen(self, ids: Iterable[str]) -> None:
        """A higher level brings items into scope; those already there keep their state."""
        for item in ids:
            if item not in self.now:
                self.now[item] = ItemPosition(item, ItemState.BLANK)
                self.unsent.add(item)
                self.unconfirmed.add(item)

    def take(self, entry: Entry) -> None:
        before = self.now.get(entry.item)
        state = MOVES.get(entry.kind)
        if before is None or state is None:
            return
        sent = entry.kind is EntryKind.SUBMITTED
        self.now[entry.item] = ItemPosition(entry.item, state, entry.on, before.rounds + sent)
        if sent:
            self.unsent.discard(entry.item)
        if state is ItemState.CONFIRMED:
            self.unconfirmed.discard(entry.item)
        else:
            self.unconfirmed.add(entry.item)

    def in_state(self, *states: ItemState) -> list[ItemPosition]:
        return [item for item in self.now.values() if item.state in states]


def earliest(items: Iterable[ItemPosition], default: date) -> date:
    return min((item.since for item in items if item.since), default=default)
