"""The official Python client, version 1, over HTTP: python client_v1.py ADDRESS

Lists, calls, ends the session and leaves; prints what came of it as JSON.
"""

import json
import sys

import anyio
from mcp import ClientSession, types
from mcp.client.streamable_http import streamable_http_client

INFO = types.Implementation(name="client-python-v1", version="1.0.3")


async def main(address: str) -> None:
    async with (
        streamable_http_client(address) as (read, write, _session_id),
        ClientSession(read, write, client_info=INFO) as session,
    ):
        await session.initialize()
        listed = await session.list_tools()
        called = await session.call_tool("add", {"a": 0.1, "b": 0.2})
    names = [tool.name for tool in listed.tools]
    print(json.dumps({"tools": names, "called": called.structuredContent}))


anyio.run(main, *sys.argv[1:])
