"""The public-sector lawyers' desk: matters come in, are assigned, drafted, reviewed and signed, and are counted."""

from assistant.matters.desk import MatterDesk
from assistant.matters.feed import MatterFeed
from assistant.matters.store import MatterStore

__all__ = ["MatterDesk", "MatterFeed", "MatterStore"]
