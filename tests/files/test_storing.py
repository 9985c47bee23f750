"""A stored file and its row: neither stays behind without the other."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from kithwork.core.verdict import Refused
from kithwork.files.storing import Taken, kept_with, take_in, tidy
from kithwork.governance.models import Policy, PolicyVersion
from kithwork.procedures.sample import Cast
from tests.core.documents.samples import GOOD


@pytest.fixture
def version(people: Cast, today: date) -> PolicyVersion:
    policy = Policy.objects.create(service=people.service, subject="other", title="P")
    return PolicyVersion(policy=policy, number=1, approved_on=today, review_due=today, by=people.ada)


@pytest.fixture
def folder(people: Cast) -> str:
    return f"policies/{people.service.ref}"


TAKEN = Taken(b"the words", "policy.txt", "text/plain", "d" * 64)


def lying(folder: str) -> list[str]:
    return sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []


def test_a_file_is_looked_into_before_it_is_kept() -> None:
    found = take_in(SimpleUploadedFile("policy.pdf", GOOD["policy.pdf"]))
    assert (found.name, found.media_type, len(found.digest)) == ("policy.pdf", "application/pdf", 64)
    with pytest.raises(Refused):
        take_in(SimpleUploadedFile("policy.pdf", b"nonsense"))


def test_too_large_a_file_is_not_even_read(settings: object) -> None:
    settings.UPLOAD_LIMIT = 1024 * 1024  # type: ignore[attr-defined]  # pytest-django's settings
    with pytest.raises(Refused, match="at most 1 MB"):
        take_in(SimpleUploadedFile("a.txt", b"x" * (1024 * 1024 + 1)))


def test_the_row_names_the_file_by_nothing_that_was_typed(version: PolicyVersion, folder: str) -> None:
    with kept_with(version, TAKEN):
        version.save()
    assert lying(folder) == [version.ref]
    version.refresh_from_db()
    with version.file.open() as kept:
        assert kept.read() == b"the words"
    assert (version.file_name, version.size) == ("policy.txt", 9)


def refused(version: PolicyVersion, taken: Taken | None) -> None:
    """Saved, and then refused after all."""
    with kept_with(version, taken):
        version.save()
        raise Refused("No.")


def test_when_the_row_fails_the_file_goes(version: PolicyVersion, folder: str) -> None:
    with pytest.raises(Refused):
        refused(version, TAKEN)
    assert lying(folder) == []
    assert not PolicyVersion.objects.exists()


def test_without_a_file_it_is_a_transaction_alone(version: PolicyVersion, folder: str) -> None:
    with pytest.raises(Refused):
        refused(version, None)
    assert not PolicyVersion.objects.exists()


def test_what_no_row_names_is_deleted(version: PolicyVersion, folder: str) -> None:
    assert tidy(PolicyVersion, folder) == 0  # nothing was ever kept there
    with kept_with(version, TAKEN):
        version.save()
    stray = Path(default_storage.path(f"{folder}/stray"))
    stray.write_bytes(b"left by a worker that was killed")
    assert tidy(PolicyVersion, folder) == 1
    assert lying(folder) == [version.ref]
