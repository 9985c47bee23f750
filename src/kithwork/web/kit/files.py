"""The answer that is a kept file: shown in the browser only where it can hold no script."""

from typing import Protocol

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

# Nothing a reader can be tricked by, for intake has looked into each
PICTURES = frozenset({"image/png", "image/jpeg"})
IN_PLACE = PICTURES | {"application/pdf"}


class Kept(Protocol):
    """Something that has a file, or had one."""

    @property
    def file(self) -> FieldFile: ...
    @property
    def file_name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def media_type(self) -> str: ...


def file_answer(found: Kept, *, view: bool) -> FileResponse:
    """The file, to be saved, or with `view` to be looked at where its kind allows. 404 when it is gone."""
    if not found.file:
        raise Http404("No such page.")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("No such page.") from None
    in_place = view and found.media_type in IN_PLACE
    answer = FileResponse(
        content,
        as_attachment=not in_place,
        filename=found.file_name or found.title,
        content_type=found.media_type or "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    # Browsers refuse to show a PDF under `sandbox` (tried: Chromium 2026); their viewers keep it from this site anyway
    sandbox = "" if found.media_type == "application/pdf" else "; sandbox"
    answer["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors 'none'{sandbox}"
    return answer
