"""Any text in any field: signed here, good there. Emoji, right-to-left, what Word pastes, braces, very long."""

from base64 import b64encode
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from kithwork.core.credentials.openbadge import Found, bake_png, bake_svg, read, verify
from tests.core.credentials.openbadge.pictures import PNG, SVG
from tests.core.credentials.openbadge.sample import DOCUMENT, NOW, PERSON, SERVICE, issued, listed
from tests.examples import at_most
from tests.verifier import Verifier

NASTY = [
    "\x0b", "a\x0bb", "\x00", "\x7f", "\x1b[31m", "👩‍👩‍👧", "ــ عربي", "\u202eevil", "{{{", "}}\"}", "]]>", "<svg>",
    "\\u0041", "\\", '"', "\n\r\t", "\ufeff", "\uffff", "\U0010ffff", "\ue000", "\ud800", "e\u0301",
    "x" * 5_000, "&amp;", "\x85", "\u2028", "-0", "true", "@type", "https://x.example/", "_:b0",
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=60),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Co", "So", "Lo"]), max_size=20),
    st.tuples(st.text(max_size=9), st.sampled_from(NASTY), st.text(max_size=9)).map("".join),
)
# what is no free text: addresses, names of keys, hashes
KEPT = {"id", "did", "url", "image", "criteria_url", "list_url", "salt", "kind", "purpose", "of_url"}


def filled(thing: Any, draw: st.DrawFn) -> Any:
    """The same facts with every free text replaced; a letter in front keeps those that must not be empty so."""
    if isinstance(thing, tuple):
        return tuple(filled(one, draw) for one in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    new: dict[str, Any] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if isinstance(value, str) and field.name not in KEPT:
            new[field.name] = "K" + draw(TEXT)
        elif not isinstance(value, str):
            new[field.name] = filled(value, draw)
    return replace(thing, **new)


@st.composite
def hostile(draw: st.DrawFn) -> Any:
    return filled(draw(st.sampled_from([SERVICE, PERSON])), draw)


@at_most(40)
@given(hostile())
@example(replace(PERSON, holder=replace(PERSON.holder, email="K\ud800")))
def test_any_text_is_signed_here_and_good_there(theirs: Verifier, facts: Any) -> None:
    made = issued(facts)
    assert verify(made, at=NOW, issuers=[DOCUMENT], lists=[listed()]).found is Found.VALID
    for given_ in (made, b64encode(bake_svg(SVG, made))):
        found, why = theirs(given_, at=NOW.isoformat(), issuers=[DOCUMENT], lists=[listed()])
        assert found == "valid", why


@given(hostile())
def test_any_text_comes_out_of_pictures_as_it_went_in(facts: Any) -> None:
    made = issued(facts)
    assert read(bake_png(PNG, made)) == made
    assert read(bake_svg(SVG, made)) == made


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**60), 2**60), st.floats(), TEXT),
    lambda parts: st.one_of(st.lists(parts, max_size=4), st.dictionaries(TEXT, parts, max_size=4)),
    max_leaves=12,
)


@given(st.sampled_from(sorted([*issued(PERSON), "proof"])), JSON)
def test_nonsense_in_any_place_is_never_good_and_never_a_crash(name: str, nonsense: object) -> None:
    made = issued(PERSON)
    finding = verify({**made, name: nonsense}, at=NOW, issuers=[DOCUMENT], lists=[listed()])
    assert finding.found is not Found.VALID or nonsense == made[name]


@given(JSON, JSON)
def test_nonsense_for_an_issuer_or_a_list_is_never_good_and_never_a_crash(document: object, held: object) -> None:
    own = [one if isinstance(one, dict) else {"verificationMethod": one} for one in (document, held)]
    issuers = [{**own[0], "id": DOCUMENT["id"]}, {"id": 7}]
    assert not verify(issued(), at=NOW, issuers=issuers, lists=[listed()])
    status = {**listed(), "credentialSubject": own[1]}
    assert not verify(issued(), at=NOW, issuers=[DOCUMENT], lists=[status])
