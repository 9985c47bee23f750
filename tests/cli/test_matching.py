"""Pairs from two files, without a server: an outsider computes fits and optimum again, and bad rows are named."""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from kithwork import cli
from tests.core.matching import outsider
from tests.core.matching.cohort import TODAY, cohort
from tests.core.matching.files import text_of

DOCS = Path(__file__).parents[2] / "docs" / "matching.md"
Out = pytest.CaptureFixture[str]

MENTEES = """id,name,lat,lon,interests,languages,availability,gender,not_with,needs,waiting_since,wants_gender
E1,Cid,51.5,-0.1,football;cooking,English;Urdu,mon-eve;sat-am,m,,maths;confidence,2026-05-01,
E2,Eve,,,chess,,,,O2,,,x
"""
MENTORS = """id,name,lat,lon,interests,languages,availability,gender,not_with,skills,capacity,max_km,line_manages
O1,Bea,51.51,-0.12,Football;chess,English,mon-eve;tue-pm,f,,maths;reading,2,20,
O2,Bo,51.5,-0.1,cooking,Urdu,sat-am,m,,confidence,1,,E1
"""


class Desk:
    """A folder with two files, and the command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.put("a.csv", MENTEES)
        self.put("b.csv", MENTORS)

    def put(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def run(self, *more: str) -> int:
        given = ("--mentees", str(self.folder / "a.csv"), "--mentors", str(self.folder / "b.csv"), *more)
        return cli.main(["match", *given, "--at", TODAY.isoformat()])

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_documented_example_comes_out_as_documented(desk: Desk, capsys: Out) -> None:
    assert desk.run("--out", str(desk.folder / "pairs.csv")) == 0
    (pair,) = desk.rows("pairs.csv")
    reasons = "Can help with maths. Live 2 km apart. Both speak English. Both like football. Has waited 29 weeks."
    assert pair == {"mentee": "E1", "mentor": "O1", "fit": "612", "reasons": reasons}
    said = capsys.readouterr().out
    assert "1 of 2 mentees matched; fit 612 in all, the worst 612." in said
    assert "without: E2. 2 of 2 mentors: An essential wish of the mentee about gender is not met." in said
    assert "1 of 2 mentors: These two are not to be matched." in said
    page = " ".join(DOCS.read_text().split())
    parts = outsider.parts(outsider.rows(MENTEES)[0], outsider.rows(MENTORS)[0], TODAY)
    assert parts["place"] == 92
    for part in ("needs", "interests", "languages", "times", "waiting", "unused", "experience"):
        assert f"{part} {parts[part]}" in page
    assert "so place is 92" in page
    assert "div 100 = 612" in page


@pytest.mark.parametrize("objective", ["coverage", "total", "fair"])
def test_an_outsider_computes_every_fit_and_the_optimum_again(desk: Desk, objective: str) -> None:
    mentees, mentors = cohort(70, seed=5)
    desk.put("a.csv", text_of(mentees))
    desk.put("b.csv", text_of(mentors))
    more = ("--fits", str(desk.folder / "fits.csv"), "--out", str(desk.folder / "pairs.csv"))
    assert desk.run("--objective", objective, *more) == 0
    ours, theirs = desk.rows("a.csv"), desk.rows("b.csv")
    told = {(row["mentee"], row["mentor"]): int(row["fit"]) for row in desk.rows("fits.csv")}
    assert told == {
        (a["id"], b["id"]): outsider.fit(a, b, TODAY) for a in ours for b in theirs if outsider.possible(a, b)
    }
    pairs = [(row["mentee"], row["mentor"], int(row["fit"])) for row in desk.rows("pairs.csv")]
    assert all(told[mentee, mentor] == fit for mentee, mentor, fit in pairs)
    floor = min(fit for *_, fit in pairs) if objective == "fair" else 0
    bonus = 0 if objective == "total" else 1_000_000
    places = [row["id"] for row in theirs for _ in range(int(row["capacity"]))]

    def best(lowest: int) -> tuple[int, int]:
        worth = [[told.get((a["id"], b), -1) for b in places] for a in ours]
        table = np.array([[fit + bonus if fit >= lowest else 0 for fit in row] for row in worth])
        sums = table[linear_sum_assignment(table, maximize=True)]
        return int((sums > 0).sum()), int(sums.sum() - bonus * (sums > 0).sum())

    reached = len(pairs), sum(fit for *_, fit in pairs)
    assert reached == best(floor) if bonus else reached[1] == best(0)[1]
    if objective == "fair":
        assert best(floor + 1)[0] < len(pairs) == best(0)[0]


def test_json_tells_it_all(desk: Desk, capsys: Out) -> None:
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["mentee"], one["mentor"], one["fit"]) for one in told["matched"]] == [("E1", "O1", 612)]
    assert told["matched"][0]["reasons"][0] == "Can help with maths."
    assert told["unmatched"][0]["mentee"] == "E2"
    assert (told["total_fit"], told["worst_fit"]) == (612, 612)
    assert told["certificate"]["reached"] == told["certificate"]["bound"]
    assert set(told["seconds"]) == {"reading", "scoring", "solving"}


def test_the_order_of_rows_changes_no_pair(desk: Desk) -> None:
    mentees, mentors = cohort(60, seed=8)
    found = []
    for seed in (1, 2):
        chance = random.Random(seed)
        desk.put("a.csv", text_of(chance.sample(mentees, len(mentees))))
        desk.put("b.csv", text_of(chance.sample(mentors, len(mentors))))
        assert desk.run("--out", str(desk.folder / "pairs.csv")) == 0
        found.append((desk.folder / "pairs.csv").read_text())
    assert found[0] == found[1]


def test_rules_weigh_and_insist(desk: Desk, capsys: Out) -> None:
    desk.put("a.csv", "id,languages,hobbies\nE1,Urdu,kites\n")
    desk.put("b.csv", "id,languages,hobbies\nO1,English,kites\nO2,Urdu,\n")
    rules = desk.put("rules.toml", 'must_share = ["languages"]\n[tags]\nhobbies = 10\n')
    assert desk.run("--rules", str(rules), "--json", "--fits", str(desk.folder / "fits.csv")) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["mentor"] for one in told["matched"]] == ["O2"]
    assert told["notes"] == []
    # 100 x 10 of languages, 50 x everything else: 5,500 of 110
    assert desk.rows("fits.csv") == [{"mentee": "E1", "mentor": "O2", "fit": "545"}]


def test_every_bad_row_is_named_and_nothing_is_written(desk: Desk, capsys: Out) -> None:
    desk.put(
        "a.csv",
        "id,lat,lon,waiting_since\nE1,91,0,\nE1,51,,\n,,,\n,1,1,\nE4,north,2,31/02/2026\n",
    )
    desk.put("b.csv", "id,capacity,max_km\nO1,two,-4\nO2,1.5,\nO3,1,9,7\n")
    assert desk.run("--out", str(desk.folder / "pairs.csv")) == 1
    said = capsys.readouterr().err.splitlines()
    for start in (
        "a.csv, line 2, lat: '91' is not from -90 to 90. Write degrees north, such as 51.5.",
        "a.csv, line 3, lon: it is empty. A place is told by both, or by neither.",
        "a.csv, line 3, id: 'E1' stands in line 2 too.",
        "a.csv, line 5, id: it is empty.",
        "a.csv, line 6, lat: 'north' is no number.",
        "a.csv, line 6, waiting_since: ",
        "b.csv, line 2, capacity: 'two' is no number.",
        "b.csv, line 2, max_km: '-4' is not from 0 to 20000.",
        "b.csv, line 3, capacity: '1.5' is not whole.",
        "b.csv, line 4: there are more cells than columns.",
    ):
        assert any(line.startswith(start) for line in said), start
    assert not (desk.folder / "pairs.csv").exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("", "a.csv: there is nothing in it. The first line names the columns: id, name"),
        ("name,needs\nCid,maths\n", "a.csv, line 1: there is no column 'id'."),
        ("id,needs,needs\n1,2,3\n", "a.csv, line 1: there are two columns 'needs'."),
        (b"\xff\xfe\x00\x00i\x00\x00\x00", "a.csv: The letters of this file are in UTF-32."),
        ('id,needs\n1,"maths\n2,reading\n', "a.csv, line 3: perhaps a quotation mark is not closed."),
    ],
)
def test_a_file_that_is_no_table_says_so(desk: Desk, capsys: Out, data: str | bytes, why: str) -> None:
    desk.put("a.csv", data)
    assert desk.run("--json") == 1
    assert capsys.readouterr().err.startswith(why)


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ("wieghts = 3", "rules.toml: there is no rule 'wieghts'"),
        ("[weights]\nneed = 3", "rules.toml: there is no part 'need'"),
        ("[weights]\nneeds = 1.5", "rules.toml: [weights] holds whole numbers"),
        ("[weights]\nneeds = -1", "rules.toml: a weight is 0 or more"),
        ("[weights]\nneeds = 2000", "rules.toml: the weights together are from 1 to 1000"),
        ('must_share = ["age"]', "rules.toml: must_share is a list of languages, times, not 'age'"),
        ('must_share = "times"', "rules.toml: must_share is a list of languages, times"),
        ("must_share = [1]", "rules.toml: must_share is a list of languages, times, not '1'"),
        ("near_km = nan", "rules.toml: near_km is more than 0 and at most 2000"),
        ('near_km = "far"', "rules.toml: near_km is a number"),
        ("floor = 2.5", "rules.toml: floor is a whole number"),
        ("floor = 1001", "rules.toml: floor is from 0 to 1000"),
        ("near_km =", "rules.toml: "),
        ("weights = 3", "rules.toml: [weights] holds whole numbers"),
    ],
)
def test_rules_that_cannot_be_say_why(desk: Desk, capsys: Out, rules: str, why: str) -> None:
    assert desk.run("--json", "--rules", str(desk.put("rules.toml", rules))) == 1
    assert capsys.readouterr().err.startswith(why)


def test_other_letters_marks_and_separators_are_read(desk: Desk, capsys: Out) -> None:
    desk.put("a.csv", "id\tneeds\nE1\tméthode ;  ARITHMETIC\n".encode("utf-16"))
    desk.put("b.csv", "id,skills,shoe,skils\nO1,Méthode;arithmetic,4,x\n".encode("cp1252"))
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["matched"][0]["reasons"] == ["Can help with ARITHMETIC and méthode."]
    assert "b.csv: the column 'shoe' is not used; the rules do not name it." in told["notes"]
    assert "b.csv: the column 'skils' is not used; the rules do not name it. Was 'skills' meant?" in told["notes"]


def test_a_slip_in_an_id_that_would_undo_a_veto_is_told(desk: Desk, capsys: Out) -> None:
    desk.put("b.csv", MENTORS.replace(",E1\n", ",E7\n"))
    assert desk.run("--json") == 0
    assert json.loads(capsys.readouterr().out)["notes"] == [
        "b.csv, line_manages: nobody in the other file is called E7."
    ]


def test_what_a_spreadsheet_would_run_is_made_safe_and_read_back(desk: Desk) -> None:
    desk.put("a.csv", "id\n=1+1\n")
    desk.put("b.csv", "id,not_with\n'=2,\n")
    assert desk.run("--out", str(desk.folder / "pairs.csv")) == 0
    (pair,) = desk.rows("pairs.csv")
    assert (pair["mentee"], pair["mentor"]) == ("'=1+1", "'=2")


def test_nothing_to_write_to_nothing_to_read(desk: Desk, capsys: Out) -> None:
    assert desk.run() == 1
    assert capsys.readouterr().err.startswith("Say where the pairs go")
    assert desk.run("--out", str(desk.folder / "none" / "pairs.csv")) == 1
    assert "cannot be written: No such file or directory." in capsys.readouterr().err
    (desk.folder / "a.csv").unlink()
    assert desk.run("--json") == 1
    assert "cannot be read: No such file or directory." in capsys.readouterr().err


def test_nobody_waits_or_nobody_has_room(desk: Desk, capsys: Out) -> None:
    desk.put("b.csv", "id\n")
    assert desk.run("--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["matched"], told["worst_fit"], told["unmatched"][0]["why"]) == ([], None, ["There are no mentors."])
    desk.put("a.csv", "id\n")
    assert desk.run("--json") == 0


def test_no_site_is_loaded() -> None:
    script = "import sys, kithwork.cli, kithwork.core.matching.tables, kithwork.cli.matching as m; "
    script += "print([one for one in sys.modules if one.split('.')[0] in ('django', 'pydantic_core._x')])"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
