"""Figures: metrics as data, checked on load, and questions about them answered without a model."""

from assistant.stats.questions.following import leans
from assistant.stats.store import MetricStore, load_metrics

__all__ = ["MetricStore", "leans", "load_metrics"]
