"""Chromium for the tests of the page, and asking on the page."""

import shutil

from playwright.sync_api import Page, expect

from tests.serving import TOKEN, Server, serve, stop

__all__ = ["CHROMIUM", "DESKTOP", "FLAGS", "PHONE", "TOKEN", "Server", "ask", "serve", "stop"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the checked answer."""
    done = page.locator(".turn[data-phase=done]")
    expect(page.get_by_placeholder("写下案情或要问的法律问题")).to_be_editable()
    before = done.count()
    page.get_by_placeholder("写下案情或要问的法律问题").fill(question)
    page.keyboard.press("Enter")
    expect(done).to_have_count(before + 1)
