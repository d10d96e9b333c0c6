"""Whose rows somebody sees, as a condition of a query: the only place that turns a `Sight` into SQL.

A table whose rows belong to somebody has the two columns `owner` (a name) and `department` (the owner's when the row
was made: what was done for a department stays with it when its author moves on).
"""

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from assistant.schema import Sight

Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def seen(sight: Sight, owner: Column, department: Column) -> ColumnElement[bool]:
    """The condition under which a row is in sight."""
    if sight.everything:
        return true()
    own = owner == sight.who if sight.who is not None else owner.is_(None)
    return own if sight.department is None else or_(own, department == sight.department)
