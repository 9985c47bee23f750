"""Backup and restore: what comes out is what went in, and nothing is touched until all of it is proved."""

import io
import json
import os
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.models import Record
from kithwork.ledger.queries import verify
from kithwork.procedures.keeping import Manifest, backing_up, backup, restore, restoring, sqlite

pytestmark = pytest.mark.django_db(transaction=True)


class House:
    """An installation of its own: a data folder, files, keys, and records in the ledger."""

    def __init__(self, folder: Path) -> None:
        self.data, self.files, self.keys = folder, folder / "files", folder / "keys"
        self.keys.mkdir(parents=True)
        (self.keys / "secret.key").write_text("the key of the house")
        self.put("ab/policy.pdf", b"%PDF-1.7 policy")
        self.put("note, with \u00e9 and 'quotes'.txt", b"note")
        self.put("empty.txt", b"")
        self.record(5)

    def put(self, name: str, content: bytes) -> None:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def record(self, count: int) -> None:
        with transaction.atomic():
            for n in range(count):
                write(act=Act.JOURNEY_ENTRY, actor="user:ab", subject='journey:"1",\n2', facts={"n": n, "text": 'é,"'})

    def everything(self) -> tuple[dict[str, bytes], list[tuple[Any, ...]]]:
        """Files and keys by name, and the ledger's rows, those of keeping itself aside."""
        found = {
            str(path.relative_to(self.data)): path.read_bytes()
            for room in (self.files, self.keys)
            for path in room.rglob("*")
            if path.is_file()
        }
        rows = Record.objects.exclude(act__startswith="keeping.").order_by("seq").values_list("seq", "at", "digest")
        return found, list(rows)

    def empty(self) -> None:
        call_command("flush", verbosity=0, interactive=False)
        for path in self.files.rglob("*"):
            if path.is_file():
                path.unlink()
        (self.keys / "secret.key").write_text("the key of a new house")

    def leftovers(self) -> list[str]:
        return [path.name for path in self.data.iterdir() if path.name.startswith(".")]


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> House:
    folder = tmp_path / "house"
    settings.DATA = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": folder / "files", "base_url": None},
        },
    }
    return House(folder)


def altered(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of an archive whose members were changed."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def test_what_comes_out_is_what_went_in(house: House, tmp_path: Path) -> None:
    before = house.everything()
    made = backup(tmp_path / "one.zip")
    house.empty()
    assert house.everything() != before
    assert restore(tmp_path / "one.zip") == made
    assert house.everything() == before
    assert verify().fault is None
    assert Record.objects.latest("seq").act == Act.KEEPING_RESTORED
    assert not house.leftovers()
    house.record(1)  # and life goes on: numbering, triggers
    assert verify().fault is None
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Record.objects.all().delete()


def test_the_sample_house_comes_back_whole(house: House, tmp_path: Path) -> None:
    """With rows in many tables, pointing at each other."""
    sample = pytest.importorskip("kithwork.procedures.sample")
    sample.cast()
    made = backup(tmp_path / "one.zip")
    assert sum(1 for rows in made.tables.values() if rows) > 5
    house.empty()
    restore(tmp_path / "one.zip")
    again = backup(tmp_path / "two.zip")
    changed = {name for name in made.tables if made.tables[name] != again.tables[name]}
    assert changed <= {"ledger_record", "sqlite_sequence"}
    sample.cast  # noqa: B018 - the people are there; nothing more to ask of them here


def test_the_manifest_tells_what_is_in_it(house: House, tmp_path: Path) -> None:
    made = backup(tmp_path / "one.zip")
    assert made.database == connection.vendor
    assert made.records == made.tables["ledger_record"] == 5
    assert "ledger.0001_records" in made.migrations
    assert made.missing == ()
    assert {"files/ab/policy.pdf", "files/empty.txt", "keys/secret.key"} < set(made.members)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None
        assert Manifest.read(archive) == made
    assert stat.S_IMODE((tmp_path / "one.zip").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "zip" in path.name or path.name[0] == ".") == ["one.zip"]
    last = Record.objects.latest("seq")
    assert (last.act, last.facts["records"]) == (Act.KEEPING_BACKED_UP, 5)


def test_a_backup_never_replaces_and_never_keeps_itself(house: House, tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_text("precious")
    with pytest.raises(Refused, match="never replaces"):
        backup(tmp_path / "one.zip")
    assert (tmp_path / "one.zip").read_text() == "precious"
    with pytest.raises(Refused, match="no folder"):
        backup(tmp_path / "nowhere" / "one.zip")
    with pytest.raises(Refused, match="cannot lie in the folder"):
        backup(house.files / "one.zip")


def test_neither_runs_inside_a_transaction(house: House, tmp_path: Path) -> None:
    with transaction.atomic():
        with pytest.raises(Refused, match="transaction"):
            backup(tmp_path / "one.zip")
        with pytest.raises(Refused, match="transaction"):
            restore(tmp_path / "one.zip")


def test_a_file_that_goes_meanwhile_is_listed(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house.put("z/early.txt", b"goes after the first listing")
    house.put("z/late.txt", b"goes after the second")
    real, listings = backing_up.names_below, []

    def names(folder: Path) -> Iterator[str]:
        if folder == house.files.resolve():
            listings.append(1)
            if len(listings) == 2:
                (house.files / "z/early.txt").unlink()
                house.put("z/new.txt", b"came meanwhile")
                found = list(real(folder))
                (house.files / "z/late.txt").unlink()
                return iter(found)
        return real(folder)

    monkeypatch.setattr(backing_up, "names_below", names)
    made = backup(tmp_path / "one.zip")
    assert sorted(made.missing) == ["files/z/early.txt", "files/z/late.txt"]
    assert "files/z/new.txt" in made.members
    house.empty()
    restore(tmp_path / "one.zip")
    assert (house.files / "z/new.txt").read_bytes() == b"came meanwhile"


def test_backup_while_others_write(house: House, tmp_path: Path) -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():  # type: ignore[attr-defined]
        pytest.skip("a database in memory is one connection")
    done, faults = threading.Event(), []

    def work() -> None:
        try:
            while not done.is_set():
                house.record(3)
                house.put(f"busy/{os.urandom(4).hex()}.txt", b"x" * 1000)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    writer = threading.Thread(target=work)
    writer.start()
    try:
        made = [backup(tmp_path / f"{n}.zip") for n in range(3)]
    finally:
        done.set()
        writer.join()
    assert not faults
    assert made[0].records < made[1].records < made[2].records
    assert all((one.records - 5 - n) % 3 == 0 for n, one in enumerate(made))  # whole transactions or nothing of them
    assert verify().fault is None


def test_an_installation_in_use_is_left_alone(house: House, tmp_path: Path) -> None:
    backup(tmp_path / "one.zip")
    house.record(1)
    before = house.everything()
    with pytest.raises(Refused, match="not empty"):
        restore(tmp_path / "one.zip")
    assert house.everything() == before
    call_command("flush", verbosity=0, interactive=False)
    with pytest.raises(Refused, match="not empty"):  # there are still files
        restore(tmp_path / "one.zip")
    restore(tmp_path / "one.zip", into_empty_only=False)
    assert len(house.everything()[1]) == 5


def _one_bit(members: dict[str, bytes]) -> None:
    members["files/ab/policy.pdf"] = b"%PDF-1.7 Policy"


def _one_more(members: dict[str, bytes]) -> None:
    members["files/extra.txt"] = b"slipped in"


def _one_less(members: dict[str, bytes]) -> None:
    del members["keys/secret.key"]


def _manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **changes}).encode()

    return change


def _climbs(members: dict[str, bytes]) -> None:
    told = json.loads(members["manifest.json"])
    told["members"]["files/../../escaped.txt"] = told["members"].pop("files/empty.txt")
    members["files/../../escaped.txt"] = members.pop("files/empty.txt")
    members["manifest.json"] = json.dumps(told).encode()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_one_bit, "not what was written"),
        (_one_more, "not what its manifest lists"),
        (_one_less, "not what its manifest lists"),
        (_climbs, "not a name it could hold"),
        (lambda members: members.pop("manifest.json"), "no readable manifest"),
        (lambda members: members.update({"manifest.json": b"[]"}), "no readable manifest"),
        (_manifest(format=2), "format 2"),
        (_manifest(database="oracle"), "kind of database"),
        (_manifest(migrations=["ledger.9999_future"]), "newer Kithwork"),
        (_manifest(records=4), "not as long"),
        (_manifest(tables={}), "tables|manifest"),
    ],
)
def test_a_doubtful_archive_touches_nothing(
    house: House, tmp_path: Path, change: Callable[[dict[str, bytes]], None], word: str
) -> None:
    backup(tmp_path / "one.zip")
    house.record(2)
    before = house.everything()
    with pytest.raises(Refused, match=word):
        restore(altered(tmp_path / "one.zip", tmp_path / "two.zip", change), into_empty_only=False)
    assert house.everything() == before
    assert not (tmp_path / "escaped.txt").exists()
    assert not house.leftovers()


def test_what_is_no_archive_is_refused(house: House, tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("hello")
    for path in (tmp_path / "text.zip", tmp_path / "gone.zip", tmp_path):
        with pytest.raises(Refused, match="cannot be read as a backup"):
            restore(path, into_empty_only=False)
    whole = tmp_path / "one.zip"
    backup(whole)
    (tmp_path / "half.zip").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(Refused, match="cannot be read as a backup"):
        restore(tmp_path / "half.zip", into_empty_only=False)


def test_a_forged_ledger_is_found(house: House, tmp_path: Path) -> None:
    """Somebody changes a record inside the archive and mends every digest of the archive, but not the chain."""
    import hashlib

    backup(tmp_path / "one.zip")

    def forge(members: dict[str, bytes]) -> None:
        if connection.vendor == "sqlite":
            name = "database/kithwork.sqlite3"
            path = tmp_path / "forged.sqlite3"
            path.write_bytes(members[name])
            with sqlite3.connect(path) as copy:
                copy.execute("DROP TRIGGER ledger_no_update")
                copy.execute("UPDATE ledger_record SET actor = 'user:eve' WHERE seq = 3")
            copy.close()
            members[name] = path.read_bytes()
        else:
            name = "database/ledger_record.csv"
            members[name] = members[name].replace(b"user:ab", b"user:eve", 1)
        told = json.loads(members["manifest.json"])
        told["members"][name] = {"sha256": hashlib.sha256(members[name]).hexdigest(), "size": len(members[name])}
        members["manifest.json"] = json.dumps(told).encode()

    with pytest.raises(Refused, match="ledger in this backup is broken: record"):
        restore(altered(tmp_path / "one.zip", tmp_path / "two.zip", forge), into_empty_only=False)


@pytest.mark.parametrize("had_files", [True, False])
def test_a_fault_half_way_takes_everything_back(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, had_files: bool
) -> None:
    backup(tmp_path / "one.zip")
    house.record(2)
    house.put("later.txt", b"later")
    if not had_files:
        house.files.rename(tmp_path / "elsewhere")
    before = house.everything()
    store = restoring.live_store()

    def fail(self: object, folder: Path) -> None:
        assert not (house.files / "later.txt").exists()
        assert (house.files / "ab/policy.pdf").exists()
        raise OSError("the disk is full")

    monkeypatch.setattr(type(store), "load", fail)
    with pytest.raises(OSError, match="disk is full"):
        restore(tmp_path / "one.zip", into_empty_only=False)
    assert house.everything() == before
    assert house.files.exists() is had_files
    assert not house.leftovers()


def test_a_backup_that_does_not_prove_leaves_nothing(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backing_up.paper.add

    def bad_disk(archive: zipfile.ZipFile, name: str, source: Any, *, compress: bool) -> Any:
        member = real(archive, name, source, compress=compress)
        if name == "files/ab/policy.pdf":
            real(archive, name + "x", io.BytesIO(b""), compress=False)
        return member

    monkeypatch.setattr(backing_up.paper, "add", bad_disk)
    with pytest.raises(Refused, match="damaged"):
        backup(tmp_path / "one.zip")
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name or path.name[0] == "."] == []
    assert not Record.objects.filter(act=Act.KEEPING_BACKED_UP).exists()


def test_links_are_not_followed(house: House, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("not ours")
    (house.files / "link.txt").symlink_to(tmp_path / "outside.txt")
    made = backup(tmp_path / "one.zip")
    assert "files/link.txt" not in made.members


def test_restored_files_are_readable_by_their_owner_alone(house: House, tmp_path: Path) -> None:
    backup(tmp_path / "one.zip")
    house.empty()
    restore(tmp_path / "one.zip")
    for path in (*house.files.rglob("*"), *house.keys.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_damaged_sqlite_database_is_found(house: House, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own check")
    made = backup(tmp_path / "one.zip")
    folder = tmp_path / "copy"
    folder.mkdir()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        data = bytearray(archive.read("database/kithwork.sqlite3"))
    data[4096:8192] = b"\xff" * 4096
    (folder / sqlite.FILE).write_bytes(data)
    with pytest.raises(Refused, match=r"damaged|does not hold"):
        sqlite.SQLite().prove(folder, made)
