"""The case that a conversation is about: what was told, the facts so far, what is proposed, what was asked last."""

from assistant.desk.deciding import Deciding
from assistant.schema import CaseFacts, MissingFact, Noun, ProposedPenalty


class OpenCase(Noun):
    """Kept with the memory of a conversation. The facts are the memory, not a replay of what was said."""

    kind: Deciding
    told: str
    facts: CaseFacts = CaseFacts()
    basis: str = ""
    proposed: ProposedPenalty = ProposedPenalty()
    asked: tuple[MissingFact, ...] = ()
    waiting: bool = True  # the last answer of the conversation was this case's
