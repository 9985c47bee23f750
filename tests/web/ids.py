"""An id that stands twice on a page leads a label, or the error summary, to the wrong field."""

from collections import Counter

from lxml import html


def twice(content: bytes) -> list[str]:
    """The ids that a page holds more than once."""
    counted = Counter(html.fromstring(content).xpath("//@id"))
    return sorted(id for id, number in counted.items() if number > 1)
