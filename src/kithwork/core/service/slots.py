"""When people are free: a part of a day of the week, as 'mon-am'. Both sides of a match say it in the same slots."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = {"am": "morning", "pm": "afternoon", "eve": "evening"}

# slot -> its words, in the order of the week
SLOTS: dict[str, str] = {
    f"{day[:3].lower()}-{part}": f"{day} {words}" for day in _DAYS for part, words in _PARTS.items()
}
