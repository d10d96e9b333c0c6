"""The review of case files as the product wires it, without search and journal."""

import datetime as dt

import pytest

from assistant.casefiles import CHECKS, CaseReview
from assistant.knowledge.casefiles import load_case_file_rules
from assistant.knowledge.discretion import load_discretion
from assistant.law.library import Library
from assistant.rules.proportionality import Proportionality
from assistant.settings import ROOT

TODAY = dt.date(2026, 11, 23)


@pytest.fixture(scope="session")
def case_review(library: Library) -> CaseReview:
    discretion = load_discretion(ROOT / "knowledge_base" / "discretion", library, TODAY)
    rules = load_case_file_rules(ROOT / "knowledge_base" / "casefiles", library, TODAY, CHECKS)
    return CaseReview(library, rules, Proportionality(library, discretion), discretion)
