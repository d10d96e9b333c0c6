"""People, systems and their tokens; who may do what; who is let in."""

from assistant.accounts.accounts import COMMAND_LINE, Accounts, Acting
from assistant.accounts.office import Office
from assistant.accounts.people import Person
from assistant.accounts.permissions import ACTIONS, ROLES, Reach, actions_of, reach
from assistant.accounts.sessions import Sessions
from assistant.accounts.tokens import Token
from assistant.accounts.visitor import LOCAL_USER, Visitor

__all__ = [
    "ACTIONS",
    "COMMAND_LINE",
    "LOCAL_USER",
    "ROLES",
    "Accounts",
    "Acting",
    "Office",
    "Person",
    "Reach",
    "Sessions",
    "Token",
    "Visitor",
    "actions_of",
    "reach",
]
