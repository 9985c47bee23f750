"""Published editions as the typed model, read once for each digest."""

from kithwork.core.schemes import Edition, load_texts
from kithwork.journeys.models import PublishedEdition

_READ: dict[str, Edition] = {}


def edition_of(published: PublishedEdition) -> Edition:
    """The edition exactly as it was published. Editions are never changed, so one reading serves the process."""
    found = _READ.get(published.digest)
    if found is None:
        found = load_texts(published.texts, f"{published.slug}/{published.edition}")
        _READ[published.digest] = found
    return found
