"""A server on version 2 of the Python SDK: python server.py [--traced]"""

import sys
from typing import Any

import anyio
from mcp.server.mcpserver import Context, MCPServer
from pydantic import BaseModel

from tracing import trace_to_otlp

server = MCPServer("python-v2", version="2.3.0")


class Person(BaseModel):
    name: str


@server.tool()
def meta(ctx: Context) -> dict[str, Any]:
    """The _meta it was sent."""
    return dict(ctx.request_context.meta or {})


@server.tool()
def echo(text: str, password: str = "") -> str:
    """Says what it was told."""
    return f"{text} ({len(password)})"


@server.tool()
def fail() -> str:
    """Always fails."""
    raise ValueError("failed on purpose")


@server.tool()
async def slow(ctx: Context) -> str:
    """Takes its time."""
    for step in (1, 2):
        await anyio.sleep(0.2)
        await ctx.report_progress(step, 2)
    return "done"


@server.tool()
async def ask(ctx: Context) -> str:
    """Asks the client: for a name, and for its roots."""
    person = await ctx.elicit("Your name?", Person)
    roots = await ctx.session.list_roots()
    return f"{person.data.name} in {roots.roots[0].uri}"


if __name__ == "__main__":
    if "--traced" in sys.argv:
        trace_to_otlp("python-v2")
    server.run("stdio")
