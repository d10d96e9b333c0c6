"""Whether a proposed penalty is right: basis, clause, range, circumstances, procedure. Rules and dated law alone."""

from assistant.rules.proportionality.review import Proportionality

__all__ = ["Proportionality"]
