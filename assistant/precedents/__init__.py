"""Decisions on cases, lists and benchmarks: what is not law but bears on a case, found, compared and counted."""

from assistant.precedents.book import DecisionQuery, Precedents, leaves
from assistant.precedents.elements import read_elements
from assistant.precedents.held import everything

__all__ = ["DecisionQuery", "Precedents", "everything", "leaves", "read_elements"]
