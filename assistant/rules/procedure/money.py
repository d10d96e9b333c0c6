"""How an amount is written out."""


def plain(amount: float) -> str:
    """1000000, 453.5: every digit, at most two behind the point, none needless."""
    return f"{amount:.2f}".rstrip("0").rstrip(".")
