"""Everything about people on one database, wired in one place."""

from assistant.accounts.accounts import Accounts
from assistant.accounts.sessions import Clock, Sessions, utc_now
from assistant.audit import Audit
from assistant.journal import Database, sqlite_url
from assistant.settings import Settings


class Office:
    """The accounts, sessions and audit log of one installation."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        """Open the database. EngineError when it cannot be used."""
        self._database = Database(settings.database_url or sqlite_url(settings.home))
        self.audit = Audit(self._database, settings.home)
        self.sessions = Sessions(self._database, self.audit, clock)
        self.accounts = Accounts(self._database, self.audit, clock)

    @property
    def dialect(self) -> str:
        """What kind of database it is, for a person."""
        return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(self._database.dialect, self._database.dialect)

    def close(self) -> None:
        self._database.close()
