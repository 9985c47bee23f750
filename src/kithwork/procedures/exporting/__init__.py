"""A whole service as one archive, and back; what its columns mean."""

from kithwork.procedures.exporting.archive import export
from kithwork.procedures.exporting.describing import format_of
from kithwork.procedures.exporting.putting_back import put_back
from kithwork.procedures.exporting.tables import ONLY_WITH

__all__ = ["ONLY_WITH", "export", "format_of", "put_back"]
