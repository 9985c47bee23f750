"""A waiting list as a service might have it, made up by chance; without anything that only tests need."""

import random
from datetime import date, timedelta

from kithwork.core.matching import Mentee, Mentor

TODAY = date(2026, 11, 23)
LANGUAGES = ("English", "Polski", "Cymraeg", "اردو")
MANY = tuple(f"topic {number}" for number in range(150))  # more than two machine words hold


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
