"""One cell to one value of a field, or what is wrong with it and what to do."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from kithwork.core.service.slots import SLOTS
from kithwork.core.tables.dates import NoDay, day_of
from kithwork.core.tables.fields import Field, Kind
from kithwork.core.tables.headings import plain
from kithwork.core.tables.shape import Broken, Value

_NOTHING = frozenset({"", "n a", "na", "none", "nil", "unknown", "not known", "not given", "tbc", "dim"})
_YES = frozenset({"yes", "y", "true", "t", "1", "x", "on", "oes", "ydy", "ie", "✓", "✔", "ticked", "done"})
_NO = frozenset({"no", "n", "false", "f", "0", "off", "nac oes", "nage", "na", "✗", "✘", "not", "never", ""})
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")
_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_SHORTENED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_DAYS = {
    "mon": "mon monday llun", "tue": "tue tues tuesday mawrth", "wed": "wed weds wednesday mercher",
    "thu": "thu thur thurs thursday iau", "fri": "fri friday gwener", "sat": "sat saturday sadwrn",
    "sun": "sun sunday sul",
}  # fmt: skip
_DAY = {word: day for day, words in _DAYS.items() for word in words.split()}
_TIMES = {
    "am": "am morning mornings bore", "pm": "pm afternoon afternoons prynhawn",
    "eve": "eve evening evenings evng night nights nos",
}  # fmt: skip
_TIME = {word: time for time, words in _TIMES.items() for word in words.split()}


class Slip(Exception):
    """What is wrong with a cell; the text says what to do."""


def value_of(field: Field, cell: Value, today: date, *, first: bool = True) -> object:
    """The value a cell gives a field; None where it is empty. `first`: dates in figures write the day first.

    Text for LINE, PROSE, PHONE, EMAIL and POSTCODE; a list of texts for LIST and SLOTS; date, int, bool; the closed
    word for ONE_OF. Raises Slip.
    """
    if isinstance(cell, Broken):
        raise Slip(f"The cell {cell.because}. Write the value itself.")
    if cell is None or (isinstance(cell, str) and _is_nothing(field, cell)):
        return None
    match field.kind:
        case Kind.LINE | Kind.PROSE:
            return _words(field, cell)
        case Kind.LIST:
            return [part for part in (one.strip() for one in re.split(r"[,;/\n]| and ", _words(field, cell))) if part]
        case Kind.DAY:
            try:
                return day_of(cell, today, first=first, past=field.past)
            except NoDay as why:
                raise Slip(str(why)) from None
        case Kind.NUMBER:
            return _number(field, cell)
        case Kind.YES:
            return _yes(cell)
        case Kind.ONE_OF:
            return _one_of(field, cell)
        case Kind.SLOTS:
            return _slots(_text(cell))
        case Kind.PHONE:
            return _phone(cell)
        case Kind.EMAIL:
            return _email(_text(cell))
        case Kind.POSTCODE:
            return _postcode(_text(cell))


def _is_nothing(field: Field, cell: str) -> bool:
    bare = cell.strip()
    if bare in {"-", "–", "—", "?", "."}:
        return True
    return field.kind not in (Kind.LINE, Kind.PROSE, Kind.YES, Kind.LIST) and bool(bare) and plain(bare) in _NOTHING


def _text(cell: Value) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def _words(field: Field, cell: Value) -> str:
    said = _text(cell).strip()
    if field.kind is not Kind.PROSE:
        said = " ".join(said.split()) if field.kind is Kind.LINE else said
    if len(said) > field.most:
        raise Slip(f"This is {len(said):,} characters long; {field.most:,} at most. Shorten it.")
    return said


def _number(field: Field, cell: Value) -> int:
    said = _text(cell).replace(",", "").strip()
    found = re.fullmatch(r"(-?\d+)(\.0+)?(\s*(minutes?|mins?|years?|miles?|km|m))?", said, re.IGNORECASE)
    if not found:
        hours = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:hours?|hrs?|h)|(\d{1,2}):(\d{2})(?::00)?", said, re.IGNORECASE)
        if not hours or field.name != "minutes":
            raise Slip(f"‘{said}’ is not a whole number.")
        number = round(float(hours[1]) * 60) if hours[1] else int(hours[2]) * 60 + int(hours[3])
    else:
        number = int(found[1])
    if not field.least <= number <= field.most:
        raise Slip(f"{number:,} is not between {field.least} and {field.most:,}.")
    return number


def _yes(cell: Value) -> bool:
    if isinstance(cell, bool):
        return cell
    said = _text(cell).strip().casefold()
    if said in _YES or plain(said) in _YES:
        return True
    if said in _NO or plain(said) in _NO:
        return False
    raise Slip(f"‘{_text(cell)}’ is neither yes nor no. Write yes or no.")


@lru_cache(maxsize=256)
def _ways(field_name: str, choices: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for word, others in choices:
        for said in (word, *others):
            found.setdefault(plain(said), word)
    return found


def _one_of(field: Field, cell: Value) -> str:
    ways = _ways(field.name, tuple(field.choices.items()))
    word = ways.get(plain(_text(cell)))
    if word is None:
        offered = ", ".join(others[0] if others else code for code, others in field.choices.items())
        raise Slip(f"‘{_text(cell)}’ is none of: {offered}.")
    return word


def _slots(said: str) -> list[str]:
    """'Mon am, Weds evenings' as slots of the week; a day alone means all of it, a time alone every day's."""
    found: list[str] = []
    for part in re.split(r"[,;/\n]", said):
        if part.strip() in SLOTS:
            found.append(part.strip())
            continue
        words = plain(part).split()
        days = [_DAY[word] for word in words if word in _DAY]
        times = [_TIME[word] for word in words if word in _TIME]
        if "weekdays" in words:
            days = ["mon", "tue", "wed", "thu", "fri"]
        if "weekends" in words or "weekend" in words:
            days += ["sat", "sun"]
        if words and not days and not times:
            raise Slip(f"‘{part.strip()}’ is no time of the week. Write it as Mon am, Wed evening.")
        found += [f"{day}-{time}" for day in days or _DAYS for time in times or _TIMES] if words else []
    return list(dict.fromkeys(slot for slot in found if slot in SLOTS))


def _phone(cell: Value) -> str:
    said = _text(cell).strip()
    if _SHORTENED.fullmatch(said):
        raise Slip(f"‘{said}’ was shortened by the spreadsheet, and digits are lost. Write the whole number, as text.")
    digits = re.sub(r"[^\d]", "", re.sub(r"\(0\)", "", said))
    if not said.startswith("+") and not said.startswith("0"):
        # a number as a number has lost its nought: ours have ten digits after it, 1, 2, 3 or 7 first
        if len(digits) == 10 and digits[0] in "1237":
            said = f"0{said}"
        elif len(digits) == 12 and digits.startswith("447"):
            said = f"+{said}"
    if not 5 <= len(digits) <= 16:
        raise Slip(f"‘{said}’ is no telephone number: it has {len(digits)} digits.")
    if len(said) > 40:
        raise Slip("This is more than one telephone number. Keep the one to ring first.")
    return said


def _email(said: str) -> str:
    found = re.fullmatch(r"[^<>]*<([^<>]+)>\s*", said)  # as a mail program copies it, with the name before
    address = (found[1] if found else said).strip().removeprefix("mailto:")
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        more = " Keep one of them." if address.count("@") > 1 else " It looks like name@example.org."
        raise Slip(f"‘{said}’ is no e-mail address.{more}")
    return address


def _postcode(said: str) -> str:
    found = _POSTCODE.fullmatch(re.sub(r"[^A-Z\d]", "", said.upper()))
    if not found:
        raise Slip(f"‘{said}’ is no postcode. It looks like LL57 2DG; leave it empty where it is not known.")
    return f"{found[1]} {found[2]}"
