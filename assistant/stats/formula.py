"""Formulas over metrics: names, numbers, + - * / and brackets. Nothing else, and no eval."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

SIGNS = {"+": "＋", "-": "－", "*": "×", "/": "÷"}
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?![^\s+\-*/()])|(?P<name>[^\s+\-*/()]+)|(?P<sign>[+\-*/()]))")


@dataclass(frozen=True)
class Name:
    """A metric in a formula."""

    name: str


@dataclass(frozen=True)
class Number:
    """A plain number in a formula."""

    value: Fraction


@dataclass(frozen=True)
class Apply:
    """Two sides and the sign between them."""

    sign: str
    left: "Formula"
    right: "Formula"


Formula = Name | Number | Apply


def parse(text: str) -> Formula:
    """Read a formula. ValueError, in Chinese, when it is none."""
    tokens: list[tuple[str, str]] = []
    at = 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.end() == at:
            raise ValueError(f"公式第{at + 1}个字处看不懂")
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    formula, rest = _sum(tokens)
    if rest:
        raise ValueError(f"公式在“{rest[0][1]}”处多了内容")
    return formula


def names(formula: Formula) -> tuple[str, ...]:
    """The metrics a formula names, in order, each once."""
    match formula:
        case Name(name):
            return (name,)
        case Apply(_, left, right):
            return tuple(dict.fromkeys(names(left) + names(right)))
        case _:
            return ()


def evaluate(formula: Formula, value: Callable[[str], Fraction]) -> Fraction:
    """The exact result, with `value` giving each metric. ZeroDivisionError when a divisor is nought."""
    match formula:
        case Name(name):
            return value(name)
        case Number(number):
            return number
        case Apply(sign, left, right):
            a, b = evaluate(left, value), evaluate(right, value)
            match sign:
                case "+":
                    return a + b
                case "-":
                    return a - b
                case "*":
                    return a * b
                case _:
                    return a / b


def write(formula: Formula, shown: Callable[[str], str], *, inner: bool = False) -> str:
    """The formula in print, with `shown` giving the words for each metric."""
    match formula:
        case Name(name):
            return shown(name)
        case Number(number):
            return "100%" if number == 1 else str(number)
        case Apply(sign, left, right):
            tight = sign in "*/"
            parts = [write(side, shown, inner=tight or (sign == "-" and side is right)) for side in (left, right)]
            text = f" {SIGNS[sign]} ".join(parts)
            return f"（{text}）" if inner else text


def added(formula: Formula) -> tuple[str, ...]:
    """The names of a plain sum, () for any other formula."""
    match formula:
        case Name(name):
            return (name,)
        case Apply("+", left, right):
            a, b = added(left), added(right)
            return a + b if a and b else ()
        case _:
            return ()


def _sum(tokens: list[tuple[str, str]]) -> tuple[Formula, list[tuple[str, str]]]:
    left, tokens = _product(tokens)
    while tokens and tokens[0][1] in "+-":
        sign = tokens[0][1]
        right, tokens = _product(tokens[1:])
        left = Apply(sign, left, right)
    return left, tokens


def _product(tokens: list[tuple[str, str]]) -> tuple[Formula, list[tuple[str, str]]]:
    left, tokens = _atom(tokens)
    while tokens and tokens[0][1] in "*/":
        sign = tokens[0][1]
        right, tokens = _atom(tokens[1:])
        if sign == "/" and right == Number(Fraction(0)):
            raise ValueError("公式除以零")
        left = Apply(sign, left, right)
    return left, tokens


def _atom(tokens: list[tuple[str, str]]) -> tuple[Formula, list[tuple[str, str]]]:
    if not tokens:
        raise ValueError("公式不完整")
    kind, text = tokens[0]
    if kind == "number":
        return Number(Fraction(text)), tokens[1:]
    if kind == "name":
        return Name(text), tokens[1:]
    if text == "(":
        inner, rest = _sum(tokens[1:])
        if not rest or rest[0][1] != ")":
            raise ValueError("公式的括号没有配对")
        return inner, rest[1:]
    raise ValueError(f"公式在“{text}”处看不懂")
