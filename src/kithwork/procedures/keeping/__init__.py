"""Backup and restore of a whole installation: database, stored files and keys in one archive.

The archive is not encrypted: whoever holds it holds everything. It is made readable by its owner alone; keep it so.
"""

from kithwork.procedures.keeping.backing_up import backup
from kithwork.procedures.keeping.manifest import Manifest, Member
from kithwork.procedures.keeping.restoring import restore

__all__ = ["Manifest", "Member", "backup", "restore"]
