"""What was asked, on which knowledge, with which answer."""

from assistant.journal.database import Database, sqlite_url
from assistant.journal.records import Conversation, Feedback, Message, MessageStatus
from assistant.journal.store import Journal

__all__ = ["Conversation", "Database", "Feedback", "Journal", "Message", "MessageStatus", "sqlite_url"]
