"""People to be matched, made up by chance: some who tell little, some who tell much."""

from datetime import timedelta

from hypothesis import strategies as st

from kithwork.core.matching import Mentee, Mentor, Part, Rules, Sharing
from tests.core.matching.cohort import LANGUAGES, MANY, TODAY

SLOTS = tuple(f"{day}-{part}" for day in ("mon", "tue", "sat") for part in ("am", "pm", "eve"))

words = st.one_of(
    st.frozensets(st.sampled_from(MANY[:5]), max_size=4), st.frozensets(st.sampled_from(MANY), max_size=80)
)
spoken = st.frozensets(st.sampled_from(LANGUAGES), max_size=3)
free = st.frozensets(st.sampled_from(SLOTS), max_size=5)
days = st.none() | st.integers(-10, 400).map(lambda ago: TODAY - timedelta(days=ago))
places = st.none() | st.tuples(
    st.sampled_from((51.5, 51.52, 52.0, -33.9, 90.0)), st.sampled_from((-0.1, 0.0, 0.3, 179.9, -180.0))
)
hopes = st.one_of(st.just(frozenset[str]()), st.frozensets(st.sampled_from(MANY[:6]), max_size=3))
genders = st.sampled_from(("", "f", "F", "m", "nonbinary"))
homes = st.sampled_from(("", "", "", "elm", "oak"))


@st.composite
def mentees(draw: st.DrawFn, number: int, mentors: int) -> Mentee:
    lat, lon = draw(places) or (None, None)
    return Mentee(
        id=f"e{number}",
        lat=lat,
        lon=lon,
        interests=draw(words),
        languages=draw(spoken),
        availability=draw(free),
        hopes=draw(hopes),
        gender=draw(genders),
        not_with=frozenset(draw(st.sets(st.sampled_from([f"o{at}" for at in range(mentors + 1)]), max_size=2))),
        household=draw(homes),
        tags={"faith": draw(words)} if draw(st.booleans()) else {},
        needs=draw(words),
        waiting_since=draw(days),
        wants_gender=draw(st.sampled_from(("", "", "f", "m"))),
        lacks=draw(st.sampled_from(("", "", "", "a parent's consent"))),
        essential=draw(st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"hills"})))),
        about=draw(st.sampled_from((frozenset[str](), frozenset({"hills"}), frozenset({"dogs", "hills"})))),
        ended_badly=draw(st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"o0"})))),
    )


@st.composite
def mentors(draw: st.DrawFn, number: int, mentees: int) -> Mentor:
    lat, lon = draw(places) or (None, None)
    others = st.sampled_from([f"e{at}" for at in range(mentees + 1)])
    return Mentor(
        id=f"o{number}",
        lat=lat,
        lon=lon,
        interests=draw(words),
        languages=draw(spoken),
        availability=draw(free),
        hopes=draw(hopes),
        gender=draw(genders),
        not_with=frozenset(draw(st.sets(others, max_size=2))),
        household=draw(homes),
        tags={"faith": draw(words)} if draw(st.booleans()) else {},
        skills=draw(words),
        capacity=draw(st.integers(0, 3)),
        max_km=draw(st.none() | st.sampled_from((0.0, 1.0, 3.3, 50.0, 20_000.0))),
        line_manages=frozenset(draw(st.sets(others, max_size=1))),
        unused_since=draw(days),
        matches=draw(st.none() | st.integers(0, 9)),
        lacks=draw(st.sampled_from(("", "", "", "vetting"))),
        essential=draw(st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"dogs"})))),
        about=draw(st.sampled_from((frozenset[str](), frozenset({"hills"}), frozenset({"dogs", "hills"})))),
        ended_badly=draw(st.sampled_from((frozenset[str](), frozenset[str](), frozenset({"e0"})))),
    )


@st.composite
def crowds(draw: st.DrawFn, most: int = 6) -> tuple[list[Mentee], list[Mentor]]:
    ours, theirs = draw(st.integers(1, most)), draw(st.integers(1, most))
    return [draw(mentees(at, theirs)) for at in range(ours)], [draw(mentors(at, ours)) for at in range(theirs)]


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    weights = {str(part): draw(st.integers(0, 40)) for part in Part}
    return Rules(
        weights={**weights, "needs": weights["needs"] + 1},
        tags={"faith": draw(st.integers(1, 20))} if draw(st.booleans()) else {},
        must_share=frozenset(draw(st.sets(st.sampled_from(list(Sharing))))),
        near_km=draw(st.sampled_from((0.5, 25.0, 2000.0))),
        floor=draw(st.sampled_from((0, 0, 300, 501))),
    )
