"""What a penalty inherits from the sentence that it stands in."""

from dataclasses import dataclass, field

from assistant.schema import AmountBounds, ConditionKind


@dataclass(frozen=True)
class Condition:
    """What stands between the conduct and a penalty."""

    kinds: tuple[ConditionKind, ...] = ()
    text: str | None = None


@dataclass
class State:
    """What a penalty inherits where it stands."""

    conduct: str | None = None
    head: str | None = None
    ground: Condition = field(default_factory=Condition)  # of the paragraph's own hypothesis
    refusal: Condition | None = None
    condition: Condition = field(default_factory=Condition)
    bound: AmountBounds | None = None
    bound_text: str | None = None
    subject: str | None = None
    may: bool = False
    fined: bool = False
    fresh: bool = False  # the words just before are a condition
    own: bool = False  # the segment has a condition or a conduct of its own
    court: bool = False
    paired: bool = False  # the condition was followed by 对单位…, to which another 对… is parallel
    charged: str | None = None  # the last person in charge that the sentence named
    opening: bool = False  # nothing but the words that open the sentence has been read
    licensee: str | None = None  # whose licence the words before take away
    banned: str | None = None  # whom the sentence has already kept from an occupation
    addressed: tuple[str, ...] = ()  # everyone the sentence has named by 对…, in order
    struck: tuple[str | None, ...] = ()  # on whom its penalties fell so far

    @property
    def continued(self) -> str | None:
        """Whom a further segment falls on without saying so: the one that was punished alone by 对…, where the
        violation names nobody or several (拍卖人及其工作人员)."""
        alone = set(self.struck)
        if len(alone) != 1 or not alone <= set(self.addressed):
            return None
        return self.struck[0] if self.head is None or "及其" in self.head else None

    def drop_bound(self) -> None:
        self.bound = self.bound_text = None

    @property
    def says(self) -> str | None:
        """The condition in the article's words: gravity or refusal, then the quantity."""
        texts = [self.condition.text, self.bound_text]
        if self.condition.text and self.bound_text and self.bound_text in self.condition.text:
            texts = texts[:1]
        return "，".join(t for t in texts if t) or None
