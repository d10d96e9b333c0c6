"""Exact numbers inside, two decimals outside, and figures as a reader writes them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
"""Computed rates, averages and multiples are given to two decimals, half up, as the report gives its rates."""


def exact(value: Decimal) -> Fraction:
    return Fraction(value)


def rounded(value: Fraction, step: Decimal = CENT) -> Decimal:
    """To two decimals, half away from nought; whole numbers stay whole."""
    if value.denominator == 1:
        return Decimal(value.numerator)
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    result = quotient.quantize(step, rounding=ROUND_HALF_UP)
    return result.normalize() if result == result.to_integral_value() else result


def plain(value: Decimal) -> int | float:
    """The number as JSON carries it."""
    return int(value) if value == value.to_integral_value() else float(value)


def shown(value: Decimal) -> str:
    """The number as a text prints it: thousands parted from five figures on, no trailing noughts."""
    text = f"{value.normalize():f}"
    whole, _, fraction = text.partition(".")
    if len(whole.lstrip("-")) >= 5:
        whole = f"{int(whole):,}"
    return f"{whole}.{fraction}" if fraction else whole
