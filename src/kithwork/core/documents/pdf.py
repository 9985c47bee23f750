"""PDF: opens without a password and without repair, stays within its limits, and does nothing by itself.

Source: ISO 32000-1, 7.11.4 (embedded files), 12.6.4 (actions), 12.7.8 (XFA), 7.4 (filters).
"""

import io
import zlib

import pikepdf

from kithwork.core.documents.kinds import Refusal

PAGES = 500
PIXELS = 80_000_000  # one picture
UNPACKED = 256 * 1024 * 1024  # bytes, all streams but pictures
OBJECTS = 3_000_000  # dictionaries, arrays and other values looked at
_REPRINT = "Open it, choose Print, then 'Save as PDF', and upload the new file."

_BROKEN = f"This PDF is damaged. {_REPRINT}"
_LOCKED = "This PDF is locked with a password. Take the password off, save it, and upload that."
_BOMB = f"This PDF unpacks to far more than a document should, so it is not opened. {_REPRINT}"
_ACTIONS = {
    "/JavaScript": f"This PDF holds JavaScript (a small program), which is never kept. {_REPRINT}",
    "/Launch": f"This PDF starts another program when opened or clicked, which is never kept. {_REPRINT}",
    "/ImportData": f"This PDF fetches data from another file. {_REPRINT}",
    "/SubmitForm": f"This PDF is a form that sends what is typed to another computer. {_REPRINT}",
    "/GoToE": f"This PDF has other files attached inside it. {_REPRINT}",
    "/Rendition": f"This PDF plays sound or film. {_REPRINT}",
    "/Movie": f"This PDF plays sound or film. {_REPRINT}",
    "/RichMediaExecute": f"This PDF plays sound or film. {_REPRINT}",
}
_ATTACHED = f"This PDF has other files attached inside it, which could not be checked. Take them out, or: {_REPRINT}"
_KEYS = {
    "/JavaScript": _ACTIONS["/JavaScript"],  # the name tree of scripts run on opening
    "/EmbeddedFiles": _ATTACHED,
    "/Collection": _ATTACHED,
    "/XFA": f"This PDF is an XFA form, which holds programs. {_REPRINT}",
    "/RichMediaContent": _ACTIONS["/Rendition"],
}


def look(data: bytes, *, anew: bool = False) -> int:
    """The number of pages. Raises Refusal: locked, damaged, too long, a bomb, programs, actions or files within; where
    only a copy made `anew` is handed on, of these only what a page does not show by itself.
    """
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise Refusal(_LOCKED)
            _look_at_objects(document, anew=anew)
            pages = len(document.pages)
            if not pages:
                raise Refusal(f"This PDF has no pages. {_REPRINT}")
            if pages > PAGES:
                raise Refusal(f"This PDF has {pages:,} pages; the most is {PAGES}. Split it and upload what matters.")
            return pages
    except (Refusal, MemoryError):
        raise
    except pikepdf.PasswordError as fault:
        raise Refusal(_LOCKED) from fault
    except Exception as fault:  # qpdf reports one thing, a damaged file, by many kinds of exception
        raise Refusal(_BROKEN) from fault


def _look_at_objects(document: pikepdf.Pdf, *, anew: bool) -> None:
    """Every object, reachable or not: a reader other than ours may reach it."""
    budget = UNPACKED
    seen = 0
    waiting: list[pikepdf.Object] = [document.trailer]
    for item in document.objects:
        waiting.append(item)
        while waiting:
            thing = waiting.pop()
            seen += 1
            if seen > OBJECTS:
                raise Refusal(_BOMB)
            if isinstance(thing, pikepdf.Array):
                waiting.extend(child for child in thing.as_list() if _within(child))
                continue
            if isinstance(thing, pikepdf.Stream):
                budget -= _unpacked(thing, budget)
                if "/F" in thing and not anew:
                    raise Refusal(f"This PDF fetches content from another file. {_REPRINT}")
                thing = thing.stream_dict
            elif not isinstance(thing, pikepdf.Dictionary):
                continue
            if anew:
                _look_at_what_is_shown(thing)
            else:
                _look_at_keys(thing)
            waiting.extend(child for child in thing.as_dict().values() if _within(child))


def _within(child: object) -> bool:
    """Whether a value belongs to its holder alone (an indirect one has its own turn)."""
    return isinstance(child, pikepdf.Object) and not child.is_indirect


def _name(thing: pikepdf.Object, key: str) -> str:
    """The name under a key, or '' when there is none or something else is there."""
    value = thing.get(key, None)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _look_at_what_is_shown(thing: pikepdf.Object) -> None:
    """A form of programs and a bundle of files show on their page that something else is to be opened."""
    for key in sorted(set(thing.keys()) & {"/XFA", "/Collection"}):
        raise Refusal(_KEYS[key])


def _look_at_keys(thing: pikepdf.Object) -> None:
    keys = set(thing.keys())
    for key in sorted(keys & _KEYS.keys()):
        raise Refusal(_KEYS[key])
    if "/JS" in keys and isinstance(thing["/JS"], pikepdf.String | pikepdf.Stream):  # a typeface may be named JS, too
        raise Refusal(_ACTIONS["/JavaScript"])
    if "/EF" in keys and isinstance(thing["/EF"], pikepdf.Dictionary) and {"/F", "/UF"} & set(thing["/EF"].keys()):
        raise Refusal(_ATTACHED)
    if reason := _ACTIONS.get(_name(thing, "/S")):
        raise Refusal(reason)
    if _name(thing, "/Type") == "/EmbeddedFile":
        raise Refusal(_ATTACHED)
    if _name(thing, "/Subtype") in {"/FileAttachment", "/RichMedia", "/Screen", "/3D"}:
        raise Refusal(_ATTACHED)


def _unpacked(stream: pikepdf.Object, budget: int) -> int:
    """Bytes that a stream unpacks to, at most; raises Refusal when that passes what is left of the budget.

    Pictures count by their pixels instead: an honest scan unpacks to more than every text together.
    """
    if _name(stream, "/Subtype") == "/Image":
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
        if width * height > PIXELS or width < 0 or height < 0:
            raise Refusal(f"This PDF holds a picture with too many pixels to open safely. {_REPRINT}")
        return 0
    named = stream.get("/Filter", None)
    filters = [str(name) for name in named] if isinstance(named, pikepdf.Array) else [str(named)] if named else []
    if len(filters) > 4:
        raise Refusal(_BOMB)
    data = stream.read_raw_bytes()
    for name in filters:
        if name in {"/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}:
            if len(data) * 64 > budget:
                raise Refusal(_BOMB)
            return len(data) * 64
        if name not in {"/FlateDecode", "/Fl"}:
            break  # the others do not grow: text codes shrink by a fifth or half, picture codes are for pictures
        unpacker = zlib.decompressobj()
        try:
            data = unpacker.decompress(data, budget + 1)
        except zlib.error:
            break  # readers show such a stream as empty
        if len(data) > budget:
            raise Refusal(_BOMB)
    return len(data)
