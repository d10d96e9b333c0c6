"""Papers that a lawyer signs: composed from facts, engines and dated law, checked, compared, and set in Word.

compose -> check -> (a person edits) -> check -> export. No model has a hand in what a paper says.
"""

from assistant.drafting.case import Advice, Consult, Gathering, Judging, Similar
from assistant.drafting.check import Edit, must_be_final
from assistant.drafting.compare import compare
from assistant.drafting.drafter import Draft, Drafter, Order, changed, read_edit
from assistant.drafting.export import CitationStyle, export, file_name
from assistant.drafting.forms import Forms, load_forms
from assistant.drafting.provisions import Quoted
from assistant.drafting.rewriting import Rewriter, Rewriting, kept_as_composed, reasoning, rewritten

__all__ = [
    "Advice",
    "CitationStyle",
    "Consult",
    "Draft",
    "Drafter",
    "Edit",
    "Forms",
    "Gathering",
    "Judging",
    "Order",
    "Quoted",
    "Rewriter",
    "Rewriting",
    "Similar",
    "changed",
    "compare",
    "export",
    "file_name",
    "kept_as_composed",
    "load_forms",
    "must_be_final",
    "read_edit",
    "reasoning",
    "rewritten",
]
