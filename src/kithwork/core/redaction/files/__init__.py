"""Inside files: every text of a file as passages, and a redacted copy made anew of what may stay.

Pure: bytes in, bytes out; the programs that read pictures and print documents are handed in as `Tools`. Bytes from
outside belong into a process apart, which `kithwork.files.redacting` starts, and which has the programs.
"""

from kithwork.core.redaction.files.entrance import picture, read, remake, verify
from kithwork.core.redaction.files.shape import (
    BadCut,
    Cuts,
    Missing,
    Progress,
    Reading,
    Remade,
    Seen,
    Tools,
    Unreadable,
    cut_text,
)

__all__ = [
    "BadCut",
    "Cuts",
    "Missing",
    "Progress",
    "Reading",
    "Remade",
    "Seen",
    "Tools",
    "Unreadable",
    "cut_text",
    "picture",
    "read",
    "remake",
    "verify",
]
