"""Models that are missing, damaged or whole."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from dateline.engines.engine import Engine, load_engine
from dateline.engines.weights import load_weights, read_card, shipped
from dateline.errors import ModelError

SHIPPED = Path(str(files("dateline.engines").joinpath("models")))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped model in a folder of its own."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_the_shipped_model_is_whole() -> None:
    """Its files have the checksums of its card, the card names the data, and the weights fit in a wheel."""
    assert shipped() == ("en",)
    weights = load_weights()
    assert len(weights.network) == weights.card.bytes < 30e6
    assert len(weights.vocabulary) == 30522
    assert all(corpus.licence and len(corpus.sha256) == 64 for corpus in weights.card.corpora)
    assert not any("NC" in corpus.licence or "NonCommercial" in corpus.licence for corpus in weights.card.corpora)


def test_a_damaged_file_is_named_with_the_way_out(copy: Path) -> None:
    """One flipped bit in the middle of the weights is found before anything is read with them."""
    network = copy / "en.onnx"
    data = bytearray(network.read_bytes())
    data[len(data) // 2] ^= 1
    network.write_bytes(data)
    with pytest.raises(ModelError, match=r"en\.onnx: the file is damaged.*pip install"):
        load_weights(folder=copy)


def test_a_file_cut_short_is_damaged(copy: Path) -> None:
    """A download that stopped half way."""
    vocabulary = copy / "vocabulary.txt"
    vocabulary.write_bytes(vocabulary.read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"vocabulary\.txt: the file is damaged: it has 1,000 bytes"):
        load_weights(folder=copy)


def test_missing_files_are_named(copy: Path, tmp_path: Path) -> None:
    """The network, the card, the whole model."""
    (copy / "en.onnx").unlink()
    with pytest.raises(ModelError, match=r"en\.onnx: a file of the model cannot be read: No such file"):
        load_weights(folder=copy)
    with pytest.raises(ModelError, match=r"No model 'fr' in .*Known: en"):
        read_card("fr")
    (tmp_path / "en.json").write_text('{"name": 3}')
    with pytest.raises(ModelError, match=r"en\.json: the card of the model cannot be read: .*pip install"):
        read_card(folder=tmp_path)


def test_a_network_that_is_none_is_an_error_of_ours() -> None:
    """Right checksum, wrong content: onnxruntime's refusal comes out as one error that names its version."""
    weights = load_weights()
    with pytest.raises(ModelError, match="cannot be loaded by onnxruntime"):
        Engine(type(weights)(weights.card, b"no network", weights.vocabulary))


def test_a_model_is_loaded_once() -> None:
    """Whoever asks gets the same engine."""
    assert load_engine() is load_engine()
