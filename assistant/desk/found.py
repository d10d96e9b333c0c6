"""What was found for a question: provisions with the part of each that matters."""

from dataclasses import dataclass

from assistant.desk.extract import Part
from assistant.schema import Article, CheckedCitation, LawVersion, Status


@dataclass(frozen=True)
class Found:
    """One provision, with the part of it that matters and how much of the question it covers."""

    article: Article
    version: LawVersion
    status: Status
    part: Part
    named: bool = False
    score: float = 0.0

    @property
    def share(self) -> float:
        return self.part.share


@dataclass(frozen=True)
class Evidence:
    """Numbered from 1: the decisive provisions first, then those to read on."""

    decisive: tuple[Found, ...] = ()
    related: tuple[Found, ...] = ()
    laws: tuple[str, ...] = ()  # full titles of instruments the question names
    absent: tuple[CheckedCitation, ...] = ()  # named, but not held or without such a provision
    topical: bool = False  # the subject index opened it
    pointed: bool = False  # the question is about the first provision itself
    cover: float = 0.0  # best share of the question's words over all hits

    @property
    def all(self) -> tuple[Found, ...]:
        return self.decisive + self.related
