"""The facts of a case; each may be unknown, and a known one keeps the words that say so."""

import datetime as dt
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from assistant.schema.noun import Noun

PartyType = Literal["自然人", "个体工商户", "企业", "其他组织"]
MentalState = Literal["正常", "不能辨认", "间歇性正常", "部分丧失"]
Harm = Literal["无", "轻微", "一般", "较大", "严重"]
Correction = Literal["发现前主动改正", "责令前改正", "责令期限内改正", "逾期改正", "拒不改正", "未改正"]
YUAN_LIMIT = 1_000_000_000_000
_EARLIEST, _LATEST = dt.date(1949, 10, 1), dt.date(2100, 12, 31)


def _day(value: object) -> object:
    if isinstance(value, int | float):  # pydantic would read a number as seconds since 1970
        raise ValueError("不是有效的日期，应写作2026-11-23")
    return value


def _plausible_day(day: dt.date) -> dt.date:
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(f"日期应在{_EARLIEST}至{_LATEST}之间")
    return day


Day = Annotated[dt.date, BeforeValidator(_day), AfterValidator(_plausible_day)]
Yuan = Annotated[float, Field(strict=True, ge=0, le=YUAN_LIMIT, allow_inf_nan=False)]
Text = Annotated[str, Field(strict=True, min_length=1, max_length=2_000)]
YesNo = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
_T = TypeVar("_T")


def _count(limit: int) -> Any:
    return Field(strict=True, ge=0, le=limit)


class Known(Noun, Generic[_T]):
    """A fact that is known, and the words of the description that say so (none when a person gave it in a form)."""

    value: _T
    quote: str = Field(default="", max_length=2_000)


class CaseFacts(Noun):
    """What is known of a case; None is unknown, never a default. The fields are those of the contract's "Facts".

    A plain value stands for a known fact without a quote. `age` is that at the conduct; amounts are yuan;
    `conduct_end_date` is the day a continuous conduct ended; `other` holds what a list asks beyond the fields.
    pydantic's ValidationError for a value of the wrong kind, a negative or an impossible one.
    """

    field: Known[Text] | None = None
    violation: Known[Text] | None = None
    party_type: Known[PartyType] | None = None
    age: Known[Annotated[int, _count(150)]] | None = None
    mental_state: Known[MentalState] | None = None
    conduct_date: Known[Day] | None = None
    conduct_end_date: Known[Day] | None = None
    discovered_date: Known[Day] | None = None
    filed_date: Known[Day] | None = None
    decision_date: Known[Day] | None = None
    first_violation: Known[YesNo] | None = None
    prior_violations: Known[Annotated[int, _count(100_000)]] | None = None
    harm: Known[Harm] | None = None
    corrected: Known[Correction] | None = None
    no_fault_proof: Known[YesNo] | None = None
    coerced: Known[YesNo] | None = None
    confessed_unknown: Known[YesNo] | None = None
    merit: Known[YesNo] | None = None
    reduced_harm: Known[YesNo] | None = None
    concerns_life_or_finance: Known[YesNo] | None = None
    illegal_gains: Known[Yuan] | None = None
    goods_value: Known[Yuan] | None = None
    affected_people: Known[Annotated[int, _count(2_000_000_000)]] | None = None
    duration_days: Known[Annotated[int, _count(100_000)]] | None = None
    commitment_signed: Known[YesNo] | None = None
    refused_correction: Known[YesNo] | None = None
    obstructed: Known[YesNo] | None = None
    repeated: Known[YesNo] | None = None
    other: dict[
        Annotated[str, Field(min_length=1, max_length=60)],
        Known[YesNo | Whole | Number | Text],
    ] = Field(default_factory=dict, max_length=100)

    @model_validator(mode="before")
    @classmethod
    def _plain_values(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        known = {key: _as_known(value) for key, value in data.items() if key != "other"}
        other = data.get("other")
        if isinstance(other, dict):
            known["other"] = {k: v for k, v in ((k, _as_known(v)) for k, v in other.items()) if v is not None}
        elif other is not None:
            known["other"] = other
        return known

    def known(self) -> dict[str, Known[Any]]:
        """Every known fact by its field name; those of `other` as `other.<name>`."""
        out = {name: fact for name in type(self).model_fields if name != "other" and (fact := getattr(self, name))}
        return out | {f"other.{name}": fact for name, fact in self.other.items()}

    def value(self, name: str) -> Any:
        """The value of a fact (`other.<name>` for one of those), None when unknown. AttributeError for no field."""
        fact = self.other.get(name[6:]) if name.startswith("other.") else getattr(self, name)
        return None if fact is None else fact.value


def _as_known(value: object) -> object:
    return value if value is None or isinstance(value, dict | Known) else {"value": value}
