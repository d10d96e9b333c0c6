"""The server as a process: streams, lets a model go with its client, survives kill -9, and refuses what is unsafe."""

import os
import re
import signal
import socket
import sqlite3
import time
from pathlib import Path

import httpx
import pytest

from tests.openai_server import OpenAIServer, Reply, says
from tests.serving import TOKEN, Server, counsel, serve, stop

HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def _wait_ready(server: Server) -> None:
    until = time.monotonic() + 60
    while httpx.get(f"{server.url}/readyz").status_code != 200:
        assert time.monotonic() < until, "not ready within a minute"
        time.sleep(0.1)


def _understood() -> Reply:
    """A first call that understands nothing more than the rules do."""
    return says("{}")


def test_it_answers_503_with_a_reason_until_it_is_ready_and_200_after(tmp_path: Path) -> None:
    server = serve(tmp_path)
    try:
        early = httpx.get(f"{server.url}/readyz")
        if early.status_code != 200:
            assert early.status_code == 503
            assert early.json()["detail"]
            assert early.headers["retry-after"]
        assert httpx.get(f"{server.url}/healthz").status_code == 200
        _wait_ready(server)
    finally:
        stop(server)


def test_the_model_is_let_go_when_the_client_goes(tmp_path: Path) -> None:
    stalled = Reply(("《行政处罚法》第三十三条",), stall_after=1)
    with OpenAIServer([_understood(), stalled, stalled]) as model:
        server = serve(
            tmp_path, CHAT_MODEL="openai:scripted", CHAT_BASE_URL=model.url, CHAT_API_KEY="none", CHAT_TIMEOUT="120"
        )
        try:
            _wait_ready(server)
            body = {"message": "首违不罚有哪些条件？"}
            with httpx.stream("POST", f"{server.url}/api/v1/chat", json=body, headers=HEADERS, timeout=30) as answer:
                lines = answer.iter_lines()  # kept: letting go of it would end the request
                assert next(lines) == "event: evidence"
                until = time.monotonic() + 30
                while len(model.requests) < 2:  # the first call understands, the second writes and stalls
                    assert time.monotonic() < until, "the model was not asked to write"
                    time.sleep(0.05)
            assert model.gone.wait(10), "the model's connection stayed open after the client had gone"
            listed = httpx.get(f"{server.url}/api/v1/conversations", headers=HEADERS).json()
            until = time.monotonic() + 10
            path = f"{server.url}/api/v1/conversations/{listed[0]['id']}"
            while httpx.get(path, headers=HEADERS).json()["messages"][-1]["status"] == "writing":
                assert time.monotonic() < until
                time.sleep(0.1)
            assert httpx.get(path, headers=HEADERS).json()["messages"][-1]["status"] == "broken"
        finally:
            stop(server)


def test_kill_9_in_the_middle_of_an_answer_loses_no_finished_message(tmp_path: Path) -> None:
    stalled = Reply(("一",), stall_after=1)
    with OpenAIServer([_understood(), stalled, stalled]) as model:
        server = serve(tmp_path)
        try:
            _wait_ready(server)
            asked = {"message": "行政处罚的追责期限", "stream": False}
            first = httpx.post(f"{server.url}/api/v1/chat", json=asked, headers=HEADERS, timeout=60).json()
        finally:
            stop(server)
        server = serve(tmp_path, CHAT_MODEL="openai:scripted", CHAT_BASE_URL=model.url, CHAT_API_KEY="none")
        try:
            _wait_ready(server)
            body = {"message": "那听证呢？", "conversation_id": first["conversation_id"]}
            with httpx.stream("POST", f"{server.url}/api/v1/chat", json=body, headers=HEADERS, timeout=30) as answer:
                for line in answer.iter_lines():
                    if line.startswith("event: "):
                        os.kill(server.process.pid, signal.SIGKILL)
                        break
        finally:
            server.process.wait()
    with sqlite3.connect(tmp_path / "journal.db") as journal:
        assert journal.execute("pragma integrity_check").fetchone() == ("ok",)
    server = serve(tmp_path)
    try:
        _wait_ready(server)
        path = f"{server.url}/api/v1/conversations/{first['conversation_id']}"
        messages = httpx.get(path, headers=HEADERS).json()["messages"]
        assert messages[1]["done"]["answer"] == first["answer"]
        assert messages[1]["status"] == "finished"
        assert [m["role"] for m in messages] == ["user", "assistant", "user", "assistant"]
        assert messages[3]["status"] == "broken"
    finally:
        stop(server)


def test_without_a_token_the_printed_link_signs_in(tmp_path: Path) -> None:
    process = counsel("serve", "--port", "0", home=tmp_path, COLUMNS="200")
    assert process.stdout is not None
    try:
        link = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+\?token=\S+", line)))
        address, _, token = link.partition("/?token=")
        with httpx.Client() as browser:
            assert browser.post(f"{address}/api/v1/session", json={"token": token}).status_code == 200
            assert browser.get(f"{address}/api/v1/session").json()["signed_in"] is True
        again = next(line for line in process.stdout if "token=" in line)
        assert token not in again
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.mark.parametrize(
    ("arguments", "environment", "word"),
    [
        (("--host", "0.0.0.0"), {}, "COUNSEL_TOKEN"),
        (("--port", "0"), {"COUNSEL_TOKEN": "short"}, "16"),
    ],
)
def test_it_refuses_to_listen_unsafely(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], word: str
) -> None:
    process = counsel("serve", *arguments, home=tmp_path, **environment)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert word in said
    assert "Traceback" not in said


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = counsel("serve", "--port", str(taken.getsockname()[1]), home=tmp_path)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "--port" in said
