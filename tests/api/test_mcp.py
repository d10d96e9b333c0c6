"""The tools, called by the protocol's own client: over pipes and over HTTP, as an agent would."""

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from assistant.settings import ROOT
from tests.serving import TOKEN, counsel

RUN = "from assistant.cli import main; main()"


async def _ask(client: Client, name: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(name, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


async def _round(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"search", "check_citations", "check_exemption", "check_proportionality", "figures"}
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
    found = await _ask(client, "search", query="行政处罚法第三十三条", as_of="2026-11-24", top_k=3)
    assert found["hits"][0]["article"] == "第三十三条"
    checked = await _ask(client, "check_citations", text="依据《行政处罚法》第三百条作出决定。")
    assert checked["citations"][0]["verdict"] == "no_such_provision"
    spared = await _ask(client, "check_exemption", facts={"party_type": "自然人", "age": 12})
    assert spared["verdict"] == "must_not_punish"
    reviewed = await _ask(
        client,
        "check_proportionality",
        basis="《食品安全法》第一百二十四条第一款",
        proposed={"fine": 40_000},
        facts={"party_type": "企业", "goods_value": 400, "conduct_date": "2026-10-01"},
    )
    assert reviewed["verdict"] == "below_minimum"
    number = await _ask(client, "figures", question="2024年底履责率是多少")
    assert number["value"] == 77.15
    refused = await client.call_tool("check_exemption", {"facts": {"age": -3}})
    assert refused.is_error
    assert "age" in str(refused.content)


def test_over_pipes(tmp_path: Path) -> None:
    environment = {
        "COUNSEL_HOME": str(tmp_path),
        "EMBEDDER": "none",
        "PYTHONPATH": str(ROOT),
        "PATH": os.environ["PATH"],
    }
    server = StdioServerParameters(command=sys.executable, args=["-c", RUN, "mcp"], env=environment, cwd=str(tmp_path))

    async def talk() -> None:
        async with Client(server) as client:
            await _round(client)

    asyncio.run(talk())


def test_over_http_for_who_bears_the_token(tmp_path: Path) -> None:
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    process = counsel("mcp", "--http", "--port", "0", home=tmp_path, COUNSEL_TOKEN=TOKEN)
    assert process.stdout is not None
    try:
        line = next(line for line in process.stdout if "/mcp" in line)
        found = re.search(r"http://\S+/mcp", line)
        assert found is not None
        assert httpx.post(found[0], json={}).status_code == 401
        assert httpx.post(found[0], json={}, headers={"Authorization": "Bearer wrong"}).status_code == 401

        async def talk() -> None:
            bearer = httpx2.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}, timeout=120)
            async with bearer, Client(streamable_http_client(found[0], http_client=bearer)) as client:
                await _round(client)

        asyncio.run(talk())
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def test_nobody_outside_is_served_without_a_token(tmp_path: Path) -> None:
    process = counsel("mcp", "--http", "--host", "0.0.0.0", "--port", "0", home=tmp_path)
    said, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "COUNSEL_TOKEN" in said


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """This process is the client."""
