"""The 12345 hotline: an order in, a reply draft with its basis out, or a hand-over to a person."""

from assistant.hotline.orders import Hotline

__all__ = ["Hotline"]
