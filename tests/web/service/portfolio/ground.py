"""What these tests share."""

import re
from collections.abc import Callable
from typing import Any

from lxml import html

from kithwork.evidence.portfolios import living
from tests.evidence.folder import Folder

At = Callable[..., str]


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", " ".join(html.fromstring(answer.content).xpath("//main//text()")))


def titles(folder: Folder) -> list[str]:
    return [item.title for item in living(folder.journey, "folder")]
