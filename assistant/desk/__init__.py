"""One question, one pass, one function: every door opens on it."""

import datetime as dt

from assistant.clock import today
from assistant.desk.desk import QUESTION_LIMIT, Desk
from assistant.desk.opening import open_desk
from assistant.desk.reproducing import reproduce
from assistant.law.citations import CitationSummary, check, summary
from assistant.law.library import Library
from assistant.schema import CheckedCitation

__all__ = ["QUESTION_LIMIT", "Desk", "check_text", "open_desk", "reproduce", "today"]


def check_text(library: Library, text: str, as_of: dt.date) -> tuple[tuple[CheckedCitation, ...], CitationSummary]:
    """Every citation in a text and the summary, without a desk: needs the library alone."""
    citations = check(text, library, as_of)
    return citations, summary(citations)
