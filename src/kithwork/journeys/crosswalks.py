"""The crosswalks of the site's folder of schemes, read again when a file there has changed."""

import logging

from django.conf import settings

from kithwork.core.schemes import Mistakes, find, load
from kithwork.core.schemes.crosswalks import FOLDER, Crosswalk, crosswalks

LOG = logging.getLogger(__name__)
Stamp = tuple[tuple[str, int, int], ...]

_READ: dict[Stamp, tuple[Crosswalk, ...]] = {}


def known_crosswalks() -> tuple[Crosswalk, ...]:
    """Every crosswalk beside an edition in `settings.SCHEMES`. An edition whose files or crosswalks have mistakes gives
    none, and a line in the log: `scheme check` tells what is wrong.
    """
    stamp = _stamp()
    if stamp not in _READ:
        _READ.clear()  # one state of the folder is enough
        _READ[stamp] = _read() if stamp else ()
    return _READ[stamp]


def _stamp() -> Stamp:
    """What tells one state of the files from another: names, times and sizes. Only crosswalks: an edition's own files
    are never changed once it is published.
    """
    files = sorted(settings.SCHEMES.glob(f"*/*/{FOLDER}/*.toml"))
    return tuple((str(file), (told := file.stat()).st_mtime_ns, told.st_size) for file in files)


def _read() -> tuple[Crosswalk, ...]:
    found: list[Crosswalk] = []
    for folder in find(settings.SCHEMES):
        if not (folder / FOLDER).is_dir():
            continue
        try:
            found += crosswalks(folder, load(folder))
        except Mistakes as mistakes:
            LOG.error("crosswalks left out: %s", mistakes.mistakes[0])
    return tuple(found)
