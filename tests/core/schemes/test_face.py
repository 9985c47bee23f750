"""The package's face: `__all__` names what is there, all of it, and nothing else."""

import types

from kithwork.core import schemes
from kithwork.core.schemes import model


def test_the_face_is_true() -> None:
    public = {
        name
        for name, value in vars(schemes).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert set(schemes.__all__) == public
    assert len(schemes.__all__) == len(public), "no name is there twice"


def test_every_piece_of_an_edition_can_be_named() -> None:
    pieces = {
        name
        for name, value in vars(model).items()
        if isinstance(value, type) and value.__module__.startswith(model.__name__) and value is not model.Part
    }
    assert pieces <= set(schemes.__all__)
