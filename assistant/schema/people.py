"""People of the office: their roles, and whose things somebody sees."""

from typing import Literal

from assistant.schema.noun import Noun

Role = Literal["管理员", "公职律师", "执法人员", "热线坐席", "只读", "热线平台"]
"""What somebody does in the office. 热线平台 is a system, not a person: it comes with an API token alone."""


class Sight(Noun):
    """Whose things somebody sees: one's own; those of a department too, where one is named; or everybody's."""

    who: str | None
    department: str | None = None
    everything: bool = False
