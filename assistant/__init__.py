"""执法顾问: what the law says, for whom, on which day, and how sure that is."""

__version__ = "0.1.0"
