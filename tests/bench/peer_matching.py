"""A peer from PyPI matches the same people. Run by the Python of a throw-away environment; knows nothing of Kithwork.

python peer_matching.py fits < {"fits": [[...]], "places": [...]}    every fit is given to it ready-made
python peer_matching.py people < {"mentees": [...], "mentors": [...], "today": 1}    it scores them too
python peer_matching.py own SEED COUNT                              people of its own kind, its own rules, one round
"""

import json
import math
import operator
import random
import resource
import sys
import time
from math import cos, floor, radians, sin

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import generate_match_matrix, match_and_assign_participants, process_data
from matching.rules import rule as rl

IMPORTS = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # MB
ROUNDS = 3  # each gives everybody one more, and a mentor here has three places at most


class Ready:
    """Scores that are known already: the least work that a rule can be."""

    def __init__(self, fits: list[list[int]]) -> None:
        self.fits = fits

    def evaluate(self, match: object) -> bool:
        return True

    def apply(self, match: object) -> int:
        return max(self.fits[match.mentee.at][match.mentor.at], 0)


def of_fits() -> dict[str, object]:
    given = json.load(sys.stdin)
    fits, places = given["fits"], given["places"]

    def not_possible(match: object) -> bool:
        return (
            fits[match.mentee.at][match.mentor.at] < 0
            or bool(match.mentee.connections)
            or len(match.mentor.connections) >= places[match.mentor.at]
        )

    # people are told apart by e-mail address; without, all are one, and nobody can be matched
    mentees = [Mentee(grade=1, email=f"e{at}@example.org") for at in range(len(fits))]
    mentors = [Mentor(grade=1, email=f"o{at}@example.org") for at in range(len(places))]
    for group in (mentees, mentors):
        for at, one in enumerate(group):
            one.at = at
    begun = time.process_time()
    process_data(mentors, mentees, [[rl.Disqualify(not_possible), Ready(fits)]] * ROUNDS)
    seconds = time.process_time() - begun
    pairs = [(mentee.at, mentor.at) for mentee in mentees for mentor in mentee.mentors]
    return {"seconds": seconds, "pairs": pairs}


class Part:
    """What one part of a fit scores, times its weight, as docs/matching.md says."""

    def __init__(self, weight: int, score: object) -> None:
        self.weight, self.score = weight, score

    def evaluate(self, match: object) -> bool:
        return True

    def apply(self, match: object) -> int:
        return self.weight * self.score(match.mentee, match.mentor)


def alike(ours: set[str], theirs: set[str]) -> int:
    return 100 * min(len(ours & theirs), 3) // min(len(ours), 3) if ours and theirs else 50


def needs(mentee: object, mentor: object) -> int:
    ours, theirs = mentee.needs, mentor.skills
    return 100 * len(ours & theirs) // len(ours) if ours and theirs else 50


def times(mentee: object, mentor: object) -> int:
    ours, theirs = mentee.availability, mentor.availability
    return 100 * min(len(ours & theirs), 3) // 3 if ours and theirs else 50


def languages(mentee: object, mentor: object) -> int:
    return (100 if mentee.languages & mentor.languages else 0) if mentee.languages and mentor.languages else 50


def place(mentee: object, mentor: object) -> int:
    reach = 1000 * (25 if mentor.max_km is None else mentor.max_km)
    return max(100 - floor(math.dist(mentee.where, mentor.where) * (100 / reach)), 0)


def waiting(mentee: object, mentor: object) -> int:
    return 100 * min(mentee.waited // 7, 26) // 26


def of_people() -> dict[str, object]:
    """As whoever works with it by itself does: a rule for each part, and one for what can never be."""
    given = json.load(sys.stdin)

    def not_possible(match: object) -> bool:
        mentee, mentor = match.mentee, match.mentor
        return (
            mentor.id in mentee.not_with
            or bool(mentee.wants_gender and mentee.wants_gender != mentor.gender)
            or (mentor.max_km is not None and math.dist(mentee.where, mentor.where) > 1000 * mentor.max_km)
            or bool(mentee.connections)
            or len(mentor.connections) >= mentor.capacity
        )

    begun = time.process_time()
    sides = []
    for kind, name in ((Mentee, "mentees"), (Mentor, "mentors")):
        side = [kind(grade=1, email=f"{name}{at}@example.org") for at in range(len(given[name]))]
        for at, (one, told) in enumerate(zip(side, given[name], strict=True)):
            one.at = at
            for field, value in told.items():
                setattr(one, field, set(value) if isinstance(value, list) else value)
            lat, lon = radians(one.lat), radians(one.lon)
            one.where = tuple(round(6_371_009 * part) for part in (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)))
        sides.append(side)
    mentees, mentors = sides
    interests = Part(15, lambda mentee, mentor: alike(mentee.interests, mentor.interests))
    rules = [rl.Disqualify(not_possible), Part(30, needs), interests, Part(10, languages), Part(15, times)]
    rules += [Part(15, place), Part(5, waiting)]
    process_data(mentors, mentees, [rules] * ROUNDS)
    seconds = time.process_time() - begun
    pairs = [(mentee.at, mentor.at) for mentee in mentees for mentor in mentee.mentors]
    return {"seconds": seconds, "pairs": pairs}


def own(seed: int, count: int) -> dict[str, object]:
    chance = random.Random(seed)

    def people(kind: type, number: int, grades: tuple[int, int]) -> list[object]:
        words = [{"organisation": chance.choice("ABCDEF"), "profession": chance.choice("xyz")} for _ in range(number)]
        return [
            kind(grade=chance.randint(*grades), email=f"{kind.__name__}{at}@example.org", **one)
            for at, one in enumerate(words)
        ]

    mentees, mentors = people(Mentee, count, (0, 6)), people(Mentor, int(count * chance.choice((0.6, 1, 1.2))), (1, 8))
    rules = [
        rl.Disqualify(lambda match: match.mentee.organisation == match.mentor.organisation),
        rl.Disqualify(rl.Grade(target_diff=2, logical_operator=operator.gt).evaluate),
        rl.Disqualify(rl.Grade(target_diff=0, logical_operator=operator.le).evaluate),
        rl.Grade(1, operator.eq, {True: 12, False: 0}),
        rl.Grade(2, operator.eq, {True: 9, False: 0}),
        rl.Equivalent("profession", {True: 10, False: 0}),
        rl.UnmatchedBonus(6),
    ]
    matrix = generate_match_matrix(mentors, mentees, rules)
    scores = [[-1 if one.disallowed else one.score for one in row] for row in matrix]
    match_and_assign_participants(matrix)
    index = {id(mentee): at for at, mentee in enumerate(mentees)}
    pairs = [(at, index[id(mentee)]) for at, mentor in enumerate(mentors) for mentee in mentor.mentees]
    return {"scores": scores, "pairs": pairs}


if __name__ == "__main__":
    made = {"fits": of_fits, "people": of_people}.get(sys.argv[1])
    answer = made() if made else own(int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps({**answer, "imports": IMPORTS, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
