"""What the commands share: ending with a reason, loading the site, reading an edition."""

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kithwork.core.schemes import Edition, Mistakes, find, load, load_texts
from kithwork.core.schemes.loader import FILES
from kithwork.core.schemes.writing import write_folder

if TYPE_CHECKING:
    from kithwork.caseload.models import Practice

    Groups: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

Command = Callable[[argparse.Namespace], int]


class Failure(Exception):
    """Ends the command with a message and 1."""


def site(data: str | None = ".kithwork") -> None:
    """Load the site. `data` is the folder to use when KITHWORK_DATA names none."""
    if data:
        os.environ.setdefault("KITHWORK_DATA", data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")
    import django  # commands that need no site start without it

    django.setup()


def practice_of(slug: str) -> "Practice":
    """A service that runs its work here, with its organisation. Ends the command when there is none of that name."""
    from kithwork.caseload.models import Practice

    found = Practice.objects.select_related("service__organisation").filter(service__slug=slug).first()
    if found is None:
        raise Failure(f"No service '{slug}' runs its work here.")
    return found


def migrate() -> None:
    """Bring the database to the present shape."""
    from kithwork.procedures.beginning import bring_up

    bring_up()


def schemes_folder() -> Path:
    """The folder of scheme editions: KITHWORK_SCHEMES, or the repository's own."""
    return Path(os.environ.get("KITHWORK_SCHEMES") or Path(__file__).resolve().parents[3] / "schemes")


def edition_in(folder: Path) -> Edition:
    """The edition in a folder. Ends the command with its mistakes when it has any."""
    try:
        return load(folder)
    except Mistakes as mistakes:
        raise Failure("\n".join(str(mistake) for mistake in mistakes.mistakes)) from mistakes


def newest(slug: str, edition: str = "") -> Path:
    """The folder of a scheme's edition: the one named, or the last by name. Ends the command when there is none."""
    folders = [folder for folder in find(schemes_folder()) if folder.parent.name == slug]
    if not folders:
        raise Failure(f"There is no scheme '{slug}' in {schemes_folder()}.")
    if not edition:
        return max(folders, key=lambda folder: folder.name)
    found = next((folder for folder in folders if folder.name == edition), None)
    if found is None:
        there = ", ".join(folder.name for folder in folders)
        raise Failure(f"The scheme '{slug}' has no edition '{edition}'; there is {there}.")
    return found


def put_folder(root: Path | None, slug: str, edition: str, texts: Mapping[str, str]) -> Path:
    """Write a new edition's folder below the folder of schemes, whole or not at all.

    Ends the command when it would not be in order, or when something of that name is there.
    """
    try:
        load_texts({file: texts[file] for file in FILES if file in texts}, f"{slug}/{edition}")
    except Mistakes as mistakes:
        raise Failure("\n".join(str(mistake) for mistake in mistakes.mistakes)) from mistakes
    folder = (root or schemes_folder()) / slug / edition
    try:
        write_folder(folder, texts)
    except FileExistsError as fault:
        raise Failure(str(fault)) from fault
    except OSError as fault:
        raise Failure(f"{folder}: {fault.strerror}") from fault
    return folder
