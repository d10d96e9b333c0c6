"""What every noun shares."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Noun(BaseModel):
    """What every noun shares: it does not change, and it has no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Noun):
    """Days in force, both ends included. None is open: `to` None is until further notice."""

    from_: dt.date | None = Field(default=None, alias="from")
    to: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)
