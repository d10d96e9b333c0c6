"""The application as each of several worker processes makes it, from the settings alone."""

import os

from fastapi import FastAPI

from api.main import create_app
from assistant.desk import Desk, open_desk
from assistant.logs import configure
from assistant.settings import Settings

HOSTS, WORKERS = "COUNSEL_SERVE_HOSTS", "COUNSEL_SERVE_WORKERS"
"""How `counsel serve` tells its workers what it was told: names answered to (by commas), and how many they are."""


def application() -> FastAPI:
    """One worker's application; its desk opens in the background, its share of the queue with it."""
    settings = Settings()
    configure(settings.log_level, json=settings.log_format == "json")

    def opened() -> Desk:
        desk = open_desk(settings)
        desk.start()
        return desk

    return create_app(
        settings,
        hosts=tuple(os.environ[HOSTS].split(",")),
        desk=opened,
        workers=int(os.environ[WORKERS]),
    )
