"""What these tests share."""

from typing import Any

from django.core.files.storage import default_storage
from django.utils import timezone

from kithwork.core.portfolio import Link
from kithwork.evidence import actions
from kithwork.evidence.models import Item
from kithwork.evidence.portfolios import (
    living,
    version_of,
)
from kithwork.procedures.sample.words import let_go
from tests.evidence.folder import Folder

WADE = Link("wade", (1,), "I stood on it for an hour.")


def titles(folder: Folder) -> list[str]:
    return [item.title for item in living(folder.journey, "folder")]


def change(folder: Folder, item: Item, **other: Any) -> Item:
    own: dict[str, Any] = {name: getattr(item, name) for name in ("title", "text", "url", "dated", "casework")}
    own |= {"declared": item.redacted_at is not None, "was": version_of(item)}
    return actions.revise_piece(
        item=item, by=folder.hal, passing=let_go(folder.hal), today=folder.today, **{**own, **other}
    )


def drop(folder: Folder, item: Item) -> None:
    actions.drop_piece(item=item, by=folder.hal, now=timezone.now())


def move(folder: Folder, item: Item, *, up: bool) -> None:
    actions.move_piece(item=item, up=up, by=folder.hal, today=folder.today)


def lying(folder: Folder) -> list[str]:
    return sorted(default_storage.listdir(f"evidence/{folder.journey.ref}")[1])
