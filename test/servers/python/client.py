"""The official Python client, version 2: python client.py SESSION [--traced]

Connects, takes the session's steps one after the other, prints what each came to as a line of JSON,
and leaves.
"""

import json
import sys
from typing import Any

import anyio
from mcp import Client, MCPError, StdioServerParameters
from mcp import types

from tracing import trace_to_otlp

REPLIES = {
    "roots": types.ListRootsResult(
        roots=[types.Root(uri="file:///workspace", name="workspace")]
    ),
    "elicitation": types.ElicitResult(action="accept", content={"name": "Ada"}),
}


async def list_roots(_context: Any) -> types.ListRootsResult:
    return REPLIES["roots"]


async def elicit(_context: Any, _params: Any) -> types.ElicitResult:
    return REPLIES["elicitation"]


async def call_tool(client: Client, params: dict[str, Any], cancel: bool) -> Any:
    """Calls a tool; with `cancel` gives the call up at its first progress."""
    with anyio.CancelScope() as scope:

        async def on_progress(*_made: Any) -> None:
            if cancel:
                scope.cancel()

        return await client.call_tool(
            params["name"], params.get("arguments"), progress_callback=on_progress
        )
    return None


async def ask(client: Client, step: dict[str, Any]) -> Any:
    """Asks by the client's own function; what it has none for is sent as a bare request."""
    functions = {
        "ping": client.send_ping,
        "tools/list": client.list_tools,
        "prompts/list": client.list_prompts,
        "resources/list": client.list_resources,
    }
    method, params = step["ask"], step.get("params")
    if method == "tools/call":
        return await call_tool(client, params, step.get("cancel", False))
    if method in functions:
        return await functions[method]()
    request = types.Request[Any, Any](method=method, params=params)
    return await client.session.send_request(request, types.Result)


async def outcome(client: Client, step: dict[str, Any]) -> dict[str, Any]:
    try:
        result = await ask(client, step)
    except MCPError as error:
        return {"error": {"code": error.code, "message": error.message}}
    if result is None:
        return {"cancelled": True}
    return {"result": result.model_dump(mode="json", by_alias=True, exclude_none=True)}


async def main(session: dict[str, Any]) -> None:
    client = Client(
        StdioServerParameters(
            command=session["command"], args=session["args"], env=session["env"]
        ),
        mode=session["negotiation"],
        client_info=types.Implementation(name="client-python", version="3.0.3"),
        list_roots_callback=list_roots,
        elicitation_callback=elicit,
    )
    async with client:
        told = {"server": client.server_info.name, "protocol": client.protocol_version}
        print(json.dumps(told), flush=True)
        for step in session["steps"]:
            print(json.dumps({"ask": step["ask"], **await outcome(client, step)}), flush=True)


if __name__ == "__main__":
    if "--traced" in sys.argv:
        trace_to_otlp("client-python")
    anyio.run(main, json.loads(sys.argv[1]))
