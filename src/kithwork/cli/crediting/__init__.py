"""`kithwork credential`: checking one from any issuer without a site; issuing, exporting and keys on its data."""

from typing import TYPE_CHECKING

from kithwork.cli.crediting import checking, issuing

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups

__all__ = ["add"]


def add(groups: "Groups") -> None:
    commands = groups.add_parser("credential", help="credentials that anyone can check").add_subparsers(
        title="commands", required=True
    )
    checking.add(commands)
    issuing.add(commands)
