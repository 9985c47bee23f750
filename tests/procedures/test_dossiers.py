"""A whole case as one archive: what is in it, what is not, who may fetch it, and what tells a changed one."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from kithwork import cli
from kithwork.accounts.models import User
from kithwork.awards.actions import open_dossier
from kithwork.awards.models import Dossier
from kithwork.evidence.models import Item
from kithwork.evidence.passing import let_through
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.notices.words import Kind
from kithwork.procedures import signing
from kithwork.procedures.dossiers.checking import MANIFEST, SIGNATURE, NoDossier, check
from kithwork.procedures.dossiers.handing import fetch
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
FILE = b"Lanternside's list, every name down to one initial."


@pytest.fixture
def case(short_walk: Callable[..., Walk], people: Cast) -> Walk:
    """An award, and among what was sent on the way to it a file."""
    way = short_walk("awarded")
    item = Item.objects.filter(rounds__isnull=False).earliest("pk")
    item.journey, item.kind, item.title, item.text = way.journey, Item.Kind.FILE, "The list", ""
    item.file.save("list.txt", ContentFile(FILE), save=False)
    item.file_name, item.media_type, item.digest = "list.txt", "text/plain", sha256(FILE).hexdigest()
    let_through(item, let_go(people.ada))
    item.save()
    signing.work()
    return way


def opened(case: Walk, **more: object) -> tuple[Dossier, str]:
    told = {"recipient": "Pat Moss, Moss Audit", "reason": "One case in ten.", "by": case.cast.olu, **more}
    return open_dossier(journey=case.journey, now=timezone.now(), **told)  # type: ignore[arg-type]


def packed(case: Walk) -> bytes:
    with fetch(dossier=opened(case)[0], now=timezone.now()).file as file:
        return file.read()


def contents(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        return {name: found.read(name) for name in found.namelist()}


def repacked(files: dict[str, bytes]) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def test_the_whole_case_is_in_it(case: Walk, people: Cast) -> None:
    files = contents(packed(case))
    names = {name.split("/")[0] for name in files}
    assert names == {"readme.txt", "case.html", "case.json", "decision.pdf", "ledger.json", "evidence", "awards",
                     "keys", "scheme", MANIFEST, SIGNATURE}  # fmt: skip
    assert FILE in files.values(), "the copy that was judged"
    assert files["decision.pdf"].startswith(b"%PDF-")
    said = json.loads(files["case.json"])
    parts = {part["title"]: part["rows"] for part in said["parts"]}
    assert [row["decided"] for row in parts["Decisions"]][-1] == "Yes"
    assert parts["Decisions"][-1]["by"] == people.olu.name, "who judged answers for it by name"
    sent = [row for row in parts["What was asked, sent and judged"] if row.get("what") == "Sent"]
    assert sent
    assert {row["by"] for row in sent} == {"A. M."}, "the applicant's people stand as initials"
    assert {"Confirmed", "More asked for"} <= {row.get("what") for row in parts["What was asked, sent and judged"]}
    assert {row["found"] for row in parts["What was found at visits"]} == {"met", "more asked for"}
    assert len(parts["What happened, day by day"]) == case.journey.entries.count()
    listed = next(row for row in parts["Evidence"] if row.get("title") == "The list")
    assert files[listed["file"]] == FILE
    assert "The list" in files["case.html"].decode()
    assert "Moss Audit" in files["readme.txt"].decode()
    assert people.ada.name not in "".join(files[name].decode() for name in ("case.html", "case.json", "readme.txt"))


def test_what_people_said_in_forms_and_interviews_is_not_in_it(case: Walk) -> None:
    files = contents(packed(case))
    text = files["case.json"].decode()
    assert '"Interviews"' in text
    for notes in case.journey.interviews.values_list("notes", flat=True):
        assert not any(said in text for said in notes.values() if said)
    for answers in case.journey.responses.values_list("answers", flat=True):
        assert not any(said in text for said in answers.values() if isinstance(said, str) and "@" in said)


def test_what_is_held_back_or_destroyed_is_told_of_and_not_in_it(case: Walk) -> None:
    item = Item.objects.get(title="The list")
    Item.objects.filter(pk=item.pk).update(held_at=timezone.now())
    files = contents(packed(case))
    assert FILE not in files.values()
    assert "The list" not in files["case.json"].decode()
    assert "it is to go through the privacy gate again" in files["case.html"].decode()
    Item.objects.filter(pk=item.pk).update(held_at=None, destroyed_at=timezone.now())
    assert FILE not in contents(packed(case)).values()


def test_it_is_checked_without_a_site(case: Walk, tmp_path: Path) -> None:
    archive = packed(case)
    found = check(io.BytesIO(archive))
    assert found.faults == []
    assert len(found.passed) == 3
    assert [one.act for one in found.records][-1] == "dossier.opened"
    (tmp_path / "case.zip").write_bytes(archive)
    (tmp_path / "did.json").write_bytes(contents(archive)["keys/did.json"])
    words = ["dossier", "check", str(tmp_path / "case.zip"), "--did", str(tmp_path / "did.json")]
    code = (
        f"import sys; from kithwork import cli; end = cli.main({words!r}); "
        "assert 'django' not in sys.modules; sys.exit(end)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "as its own site gives them" in done.stdout
    with zipfile.ZipFile(io.BytesIO(archive)) as unpacked:
        unpacked.extractall(tmp_path / "out")
    listed = subprocess.run(["sha256sum", "-c", "--quiet", MANIFEST], cwd=tmp_path / "out", check=False)
    assert listed.returncode == 0, "the usual program reads our list"


def test_whatever_is_changed_is_found(case: Walk) -> None:
    files = contents(packed(case))
    for name in files:
        if name != SIGNATURE:
            assert check(repacked({**files, name: files[name] + b"\n"})).faults, name
    assert check(repacked({**files, "evidence/more.txt": b"x"})).faults
    assert check(repacked({name: text for name, text in files.items() if name != "decision.pdf"})).faults
    ledger = json.loads(files["ledger.json"])
    ledger["records"][2]["actor"] = "user:222222222222"
    found = check(repacked({**files, "ledger.json": json.dumps(ledger).encode()})).faults
    assert f"Record {ledger['records'][2]['seq']} of the ledger was changed." in found
    signed = {**json.loads(files[SIGNATURE]), "signature": "AAAA"}
    assert check(repacked({**files, SIGNATURE: json.dumps(signed).encode()})).faults
    other = {**json.loads(files["keys/did.json"]), "verificationMethod": []}
    assert check(io.BytesIO(packed(case)), did=other).faults == [
        "The list was signed with a key that the body's document does not have."
    ]


@pytest.mark.parametrize("content", [b"", b"PK", b"hello"])
def test_what_is_no_archive_says_so(content: bytes) -> None:
    with pytest.raises(NoDossier, match="no whole zip"):
        check(io.BytesIO(content))
    with pytest.raises(NoDossier, match="there is no manifest"):
        check(repacked({"hello.txt": content}))


def test_the_command_writes_one_that_the_ledger_knows(
    case: Walk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "case.zip"
    words = ["--for", "Moss Audit", "--because", "A complaint.", "--out", str(out)]
    assert cli.main(["dossier", "make", "--journey", case.journey.ref.upper(), *words]) == 0
    assert out.stat().st_mode & 0o077 == 0, "for nobody else of this machine"
    assert cli.main(["dossier", "check", str(out), "--here"]) == 0
    assert "All of it is in the ledger of this site" in capsys.readouterr().out
    kept = Record.objects.filter(act="dossier.fetched").get()
    assert kept.facts["manifest"] == Dossier.objects.get().digest
    out.write_bytes(repacked(contents(out.read_bytes()) | {"case.html": b""}).getvalue())
    assert cli.main(["dossier", "check", str(out)]) == 1
    assert "case.html was changed." in capsys.readouterr().err
    assert cli.main(["dossier", "make", "--journey", "222222222222", *words]) == 1
    assert "There is no journey" in capsys.readouterr().err


# Pages


def test_an_officer_opens_it_and_an_auditor_without_an_account_fetches_it(
    case: Walk, people: Cast, as_user: As
) -> None:
    olu = as_user(people.olu)
    page = f"/body/{people.body.slug}/journeys/{case.journey.ref}/dossier/"
    assert page in olu.get(page.replace("dossier/", "")).content.decode()
    assert olu.post(page, {"recipient": "Moss Audit"}).status_code == 422
    answer = olu.post(page, {"recipient": "Moss Audit", "reason": "One case in ten."}, follow=True)
    text = answer.content.decode()
    link = text.partition("http://testserver")[2].partition("</p>")[0]
    assert link.startswith("/dossier/")
    assert link not in olu.get(page).content.decode(), "shown once"
    mail = Message.objects.filter(kind=Kind.CASE_OPENED.value)
    assert people.ada in [one.to for one in mail], "the applicant is told that it was opened"
    assert "Moss" not in f"{mail[0].subject} {mail[0].body}", "mail names nobody"
    nobody = Client()
    seen = nobody.get(link)
    assert "One case in ten." in seen.content.decode()
    assert not Record.objects.filter(act="dossier.fetched").exists(), "looking at the page fetches nothing"
    answer = nobody.post(link)
    archive = answer.getvalue()
    assert check(io.BytesIO(archive)).faults == []
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store")
    kept = Record.objects.filter(act="dossier.fetched").get()
    assert (kept.actor, kept.subject) == ("visitor", f"journey:{case.journey.ref}")
    assert "1 time, last on" in olu.get(page).content.decode()
    stop = f"{page}{Dossier.objects.get().ref}/stop/"
    assert olu.get(stop).status_code == 200
    assert olu.post(stop).status_code == 303
    assert nobody.get(link).status_code == nobody.post(link).status_code == 404
    assert olu.post(stop).status_code == 409


def test_the_link_ends_after_a_fortnight_and_is_kept_as_a_digest(case: Walk, people: Cast, as_user: As) -> None:
    row, token = opened(case)
    assert token not in str(Dossier.objects.values().get())
    assert row.expires_at - row.made_at == timedelta(days=14)
    Dossier.objects.update(expires_at=timezone.now())
    assert Client().get(f"/dossier/{token}/").status_code == 404
    assert as_user(people.olu).get(f"/dossier/{token}/").status_code == 404


def test_the_report_of_the_decision_is_for_officers_once_there_is_one(
    case: Walk, people: Cast, as_user: As, short_walk: Callable[..., Walk]
) -> None:
    page = f"/body/{people.body.slug}/journeys/{case.journey.ref}/decision.pdf"
    answer = as_user(people.olu).get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert as_user(people.dot).get(page).status_code == 404
    case.journey.decisions.all().delete()
    assert as_user(people.olu).get(page).status_code == 404
