"""A version's file, under the title of what it is a version of: what `kit.files` serves."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Titled:
    """A row with the columns of a kept file, and a title from elsewhere."""

    version: Any
    title: str

    @property
    def file(self) -> Any:
        return self.version.file

    @property
    def file_name(self) -> str:
        return str(self.version.file_name)

    @property
    def media_type(self) -> str:
        return str(self.version.media_type)
