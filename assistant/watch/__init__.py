"""Watching what opinions and answers rest on: what changed, since when, and how it bears on the conclusion."""

from assistant.watch.watch import Resting, Source, Watch

__all__ = ["Resting", "Source", "Watch"]
