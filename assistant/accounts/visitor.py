"""Whoever is behind a request: a person, another system, or 本机用户 while there are no accounts."""

from assistant.accounts.permissions import ROLES, SYSTEM_ROLES, Reach, actions_of, reach
from assistant.schema import Noun, Role, Sight

LOCAL_USER = "本机用户"


class Visitor(Noun):
    """Who asks, as what. `scopes`: the actions an API token is limited to; None is no limit beyond the roles.

    `credential` tells sessions and tokens apart in the audit log, without being either.
    """

    name: str
    title: str
    roles: tuple[Role, ...]
    department: str | None = None
    scopes: frozenset[str] | None = None
    credential: str = ""
    must_change_password: bool = False

    @classmethod
    def local(cls, credential: str) -> "Visitor":
        """本机用户, who has every role of a person."""
        roles = tuple(role for role in ROLES if role not in SYSTEM_ROLES)
        return cls(name=LOCAL_USER, title=LOCAL_USER, roles=roles, credential=credential)

    @property
    def actions(self) -> tuple[str, ...]:
        """What may be done; with a password that another has set, nothing but changing it."""
        if self.must_change_password:
            return ("account",)
        return tuple(a for a in actions_of(self.roles) if self.scopes is None or a in self.scopes)

    def may(self, action: str) -> bool:
        return action in self.actions

    def sight(self, action: str) -> Sight:
        """Whose things an action shows to this visitor."""
        far = reach(self.roles, action) if self.may(action) else Reach.NONE
        if far is Reach.ALL:
            return Sight(who=self.name, everything=True)
        return Sight(who=self.name, department=self.department if far is Reach.DEPARTMENT else None)
