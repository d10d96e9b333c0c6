"""The engines as the watch asks them: a case on a day, in words and facts."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assistant.rules.exemption import Exemption
from assistant.rules.proportionality import Proportionality
from assistant.schema import ExemptionAnswer, ProportionalityAnswer


class RuleEngines:
    """Exemption and proportionality, as they are wired."""

    def __init__(self, exemption: Exemption, proportionality: Proportionality) -> None:
        self._exemption = exemption
        self._proportionality = proportionality

    def exempt(self, description: str | None, facts: Mapping[str, Any], day: dt.date) -> ExemptionAnswer:
        return self._exemption.check(description, facts, day)

    def weigh(
        self, description: str | None, facts: Mapping[str, Any], basis: str, proposed: Any, day: dt.date
    ) -> ProportionalityAnswer:
        return self._proportionality.check(description, facts, basis, proposed, day)
