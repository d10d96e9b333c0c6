"""Who asked, saw, changed, exported and signed: an append-only log, sealed row by row."""

from assistant.audit.entries import Detail, Entry
from assistant.audit.log import Audit
from assistant.audit.verify import Verification, verify

__all__ = ["Audit", "Detail", "Entry", "Verification", "verify"]
