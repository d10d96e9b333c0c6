"""A case file (案卷) held to the items of an assessment: read, cut, checked, reported. Rules and dated law alone."""

from assistant.casefiles.checks import CHECKS
from assistant.casefiles.intake import Recogniser
from assistant.casefiles.review import CaseReview

__all__ = ["CHECKS", "CaseReview", "Recogniser"]
