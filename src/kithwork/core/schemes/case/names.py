"""Names in CASE: identifiers that stay the same for ever, and the addresses that go with them."""

from uuid import UUID, uuid5

SPACE = UUID("6b1f4f0e-5c0f-5d6a-9a51-1c6f7c1f9d2e")  # ours; made once, and never to be changed
KEY = "kithwork"  # of what we keep in `extensions`, the standard's place for such things
ROOT = "/ims/case/v1p1"  # the standard's path below a site's address


def identifier(slug: str, edition: str, *rest: str) -> str:
    """The UUID (version 5) of a part of an edition; of the edition itself without `rest`."""
    return str(uuid5(SPACE, "/".join((slug, edition, *rest))))


def address(base: str, collection: str, name: str) -> str:
    """Where a thing would be served under the standard's REST binding ('CFItems', 'CFDocuments' ...)."""
    return f"{base.rstrip('/')}{ROOT}/{collection}/{name}"
