"""A `counsel serve` in a process of its own."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import ROOT

TOKEN = "a-token-for-the-page-0123456789"


@dataclass
class Server:
    """One `counsel serve`."""

    url: str
    home: Path
    process: subprocess.Popen[str]


def counsel(*arguments: str, home: Path, **environment: str) -> subprocess.Popen[str]:
    """`counsel …` with nothing of this shell's own settings, what it prints as one stream."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("CHAT_", "COUNSEL_"))}
    return subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", *arguments],
        cwd=home,
        env=kept | {"COUNSEL_HOME": str(home), "EMBEDDER": "none", "PYTHONPATH": str(ROOT)} | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def serve(home: Path, **environment: str) -> Server:
    """Start the server on a free port; it prints its address when it listens."""
    process = counsel("serve", "--port", "0", home=home, **{"COUNSEL_TOKEN": TOKEN} | environment)
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
