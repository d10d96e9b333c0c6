"""Penalty clauses read out of an article: what may be imposed, on whom, under which condition, from what to what.

`penalty_clauses(text)` reads them, `amounts(text)` finds every amount expression, `coverage(text)` says what became
of each, so that none is lost silently. All are pure functions of the article's text; no facts of a case enter.
"""

from assistant.law.penalties.amounts import Amount, amounts
from assistant.law.penalties.coverage import Coverage, Explained, coverage
from assistant.law.penalties.parse import penalty_clauses

__all__ = ["Amount", "Coverage", "Explained", "amounts", "coverage", "penalty_clauses"]
