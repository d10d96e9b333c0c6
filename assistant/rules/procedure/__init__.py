"""The procedure of a penalty by date arithmetic: what is required, kept, overdue or violated."""

from assistant.rules.procedure.calendar import Deadline, after_working_days, is_working_day
from assistant.rules.procedure.steps import PenaltyPlan, procedure_steps
from assistant.rules.procedure.surcharge import additional_fine

__all__ = [
    "Deadline",
    "PenaltyPlan",
    "additional_fine",
    "after_working_days",
    "is_working_day",
    "procedure_steps",
]
