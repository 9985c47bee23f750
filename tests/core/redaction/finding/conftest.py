"""The finder as it is installed: with its language model, and without."""

import pytest

from kithwork.core.redaction.finding import Finder
from kithwork.core.redaction.lexicon import Lexicon
from kithwork.core.redaction.model import Model
from kithwork.files import weights


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return weights.lexicon()


@pytest.fixture(scope="session")
def model() -> Model:
    return weights.model()


@pytest.fixture(scope="session")
def finder(model: Model, lexicon: Lexicon) -> Finder:
    return Finder(model=model, lexicon=lexicon)


@pytest.fixture(scope="session")
def blind(lexicon: Lexicon) -> Finder:
    return Finder(lexicon=lexicon)
