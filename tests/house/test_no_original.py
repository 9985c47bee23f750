"""Nothing of an original is anywhere but behind the applicant's door: not in a table of the award half, a message, the
ledger, a file, the cache or a case that is handed to an auditor. `test_matrix.py` asks the same of every page, as every
role.
"""

import zipfile
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from kithwork.core.redaction.finds import Kind
from kithwork.gate import actions
from kithwork.notices.models import Message
from kithwork.procedures.dossiers.packing import pack_case
from kithwork.procedures.sample import Walk
from tests.evidence.acts import send
from tests.gate.acts import approve, bring

NAME = "Zebulon Thackeray"


def files(folder: str = "") -> list[str]:
    folders, names = default_storage.listdir(folder)
    under = [f"{folder}/{one}".strip("/") for one in folders]
    return [*(f"{folder}/{name}".strip("/") for name in names), *(path for one in under for path in files(one))]


@pytest.mark.django_db
def test_a_name_planted_in_originals_is_nowhere_else(short_walk: Callable[..., Walk]) -> None:
    way = short_walk("registered")
    for number in range(2):
        content = f"Notes {number}: {NAME} came, and will come again.".encode()
        original = bring(way, content, f"{NAME}.txt", title=f"{NAME}, notes {number}", text=f"Of {NAME}")
        actions.mark_words(original=original, words=NAME, kind=Kind.PERSON, seen=None, by=way.cast.ada)
    assert approve(original, way.cast.ada) is not None, original.reason
    send(way, "1")
    assert Message.objects.exists()
    for model in apps.get_models():
        for row in model._default_manager.values_list():
            assert NAME not in str(row), model
            assert not any(NAME.encode() in bytes(one) for one in row if isinstance(one, bytes | memoryview)), model
    kept = files()
    assert len(kept) == 3, "two originals and a copy"
    for path in kept:
        assert "Thackeray" not in path
        with default_storage.open(path) as opened:
            assert b"Thackeray" not in opened.read(), path
    packed = pack_case(journey=way.journey, recipient="Moss Audit", reason="One in ten.", now=timezone.now())
    with packed.file as archive, zipfile.ZipFile(archive) as case:
        assert [name for name in case.namelist() if name.startswith("evidence/")], "the copy is in it"
        for name in case.namelist():
            assert "thackeray" not in name
            assert b"Thackeray" not in case.read(name), name
