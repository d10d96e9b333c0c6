"""A `counsel serve` in a process of its own, and asking on its page."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant.settings import ROOT

TOKEN = "a-token-for-the-page-0123456789"
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


@dataclass
class Server:
    """One `counsel serve`."""

    url: str
    home: Path
    process: subprocess.Popen[str]


def serve(home: Path, **environment: str) -> Server:
    """Start the server on a free port; it prints its address when it listens."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CHAT_", "COUNSEL_"))}
    process = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", "serve", "--port", "0"],
        cwd=home,
        env=kept
        | {"COUNSEL_HOME": str(home), "COUNSEL_TOKEN": TOKEN, "EMBEDDER": "none", "PYTHONPATH": str(ROOT)}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found:
            return Server(found[0], home, process)
    raise AssertionError("the server ended before it listened:\n" + "".join(said))


def stop(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
    if server.process.stdout is not None:
        server.process.stdout.close()


def ask(page: Page, question: str) -> None:
    """Ask, and wait for the checked answer."""
    done = page.locator(".turn[data-phase=done]")
    expect(page.get_by_placeholder("写下案情或要问的法律问题")).to_be_editable()
    before = done.count()
    page.get_by_placeholder("写下案情或要问的法律问题").fill(question)
    page.keyboard.press("Enter")
    expect(done).to_have_count(before + 1)
