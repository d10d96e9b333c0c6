"""What was asked, on which knowledge, with which answer."""

from assistant.journal.records import Conversation, Feedback, Message, MessageStatus
from assistant.journal.store import Journal, sqlite_url

__all__ = ["Conversation", "Feedback", "Journal", "Message", "MessageStatus", "sqlite_url"]
