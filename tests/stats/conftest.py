"""The product's own metrics, loaded once."""

from pathlib import Path

import pytest

from assistant.settings import ROOT
from assistant.stats import MetricStore, load_metrics


@pytest.fixture(scope="session")
def metrics_folder() -> Path:
    return ROOT / "knowledge_base" / "metrics"


@pytest.fixture(scope="session")
def store(metrics_folder: Path) -> MetricStore:
    return load_metrics(metrics_folder)
