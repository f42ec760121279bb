"""The official Python client, version 2, over HTTP: python client_v2.py ADDRESS MODE

Lists, calls, ends the session and leaves; prints what came of it as JSON.
"""

import json
import sys

import anyio
from mcp import Client, types


async def main(address: str, mode: str) -> None:
    client = Client(
        address,
        mode=mode,
        client_info=types.Implementation(name="client-python-v2", version="2.0.3"),
    )
    async with client:
        listed = await client.list_tools()
        called = await client.call_tool("add", {"a": 0.1, "b": 0.2})
    names = [tool.name for tool in listed.tools]
    print(json.dumps({"tools": names, "called": called.structured_content}))


anyio.run(main, *sys.argv[1:])
