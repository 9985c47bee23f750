"""What an offered file is, by its content, and whether it may be kept.

Pure: bytes in, facts out. Hostile bytes belong in `python -m kithwork.core.documents`, a process with limits;
`kithwork.files.intake.examine` starts it.
"""

from kithwork.core.documents.inspect import LIMIT, inspect
from kithwork.core.documents.kinds import Inspection, Kind

__all__ = ["LIMIT", "Inspection", "Kind", "inspect"]
