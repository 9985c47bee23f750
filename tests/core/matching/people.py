"""People to be matched, made up by chance: some who tell little, some who tell much."""

import random
from datetime import date, timedelta

from hypothesis import strategies as st

from kithwork.core.matching import Mentee, Mentor, Part, Rules, Sharing

TODAY = date(2026, 11, 23)
LANGUAGES = ("English", "Polski", "Cymraeg", "اردو")
SLOTS = tuple(f"{day}-{part}" for day in ("mon", "tue", "sat") for part in ("am", "pm", "eve"))
MANY = tuple(f"topic {number}" for number in range(150))  # more than two machine words hold

words = st.one_of(
    st.frozensets(st.sampled_from(MANY[:5]), max_size=4), st.frozensets(st.sampled_from(MANY), max_size=80)
)
spoken = st.frozensets(st.sampled_from(LANGUAGES), max_size=3)
free = st.frozensets(st.sampled_from(SLOTS), max_size=5)
days = st.none() | st.integers(-10, 400).map(lambda ago: TODAY - timedelta(days=ago))
places = st.none() | st.tuples(
    st.sampled_from((51.5, 51.52, 52.0, -33.9, 90.0)), st.sampled_from((-0.1, 0.0, 0.3, 179.9, -180.0))
)
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


def cohort(count: int, ratio: float = 0.6, seed: int = 1) -> tuple[list[Mentee], list[Mentor]]:
    """As a service's waiting list might be: towns, common and rare words, a few wishes; `ratio` mentors to each."""
    chance = random.Random(seed)
    towns = [(chance.uniform(50.5, 57.5), chance.uniform(-5, 1.5)) for _ in range(30)]
    size = [1 / (at + 1) for at in range(60)]
    slots = [
        f"{day}-{part}" for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] for part in ("am", "pm", "eve")
    ]
    few = max(1, int(count * ratio))

    def near() -> tuple[float, float]:
        lat, lon = chance.choices(towns, size[:30])[0]
        return round(lat + chance.gauss(0, 0.1), 4), round(lon + chance.gauss(0, 0.15), 4)

    def some(most: int) -> frozenset[str]:
        return frozenset(chance.choices(MANY[:60], size, k=chance.randint(1, most)))

    def when() -> frozenset[str]:
        return frozenset(chance.sample(slots, chance.randint(2, 6)))

    ours, theirs = [], []
    for at in range(count):
        lat, lon = near()
        ours.append(
            Mentee(
                id=f"e{at}",
                lat=lat,
                lon=lon,
                interests=some(5),
                languages=frozenset({"English", chance.choice(LANGUAGES)}),
                availability=when(),
                not_with=frozenset({f"o{chance.randrange(few)}"}),
                needs=some(4),
                waiting_since=TODAY - timedelta(days=chance.randint(0, 400)),
                wants_gender=chance.choice(("", "", "", "f", "m")),
            )
        )
    for at in range(few):
        lat, lon = near()
        theirs.append(
            Mentor(
                id=f"o{at}",
                lat=lat,
                lon=lon,
                interests=some(5),
                languages=frozenset({"English", chance.choice(LANGUAGES)}),
                availability=when(),
                gender=chance.choice("fm"),
                skills=some(8),
                capacity=chance.choice((1, 1, 2, 3)),
                max_km=chance.choice((None, 20, 50, 80)),
            )
        )
    return ours, theirs
