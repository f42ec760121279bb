#!/bin/sh
# A whole MCP session over HTTP, with curl: initialize, tools/list, two calls, the end.
#
#   sh session.sh [ADDRESS]     default: http://localhost:8100/mcp
#
# Where the server asks for a bearer token: TOKEN=… sh session.sh
# Prints what it asks after "> " and what is answered after "< ".
set -eu

address=${1:-http://localhost:8100/mcp}
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT

# The token is given in a file of curl's form, since a command line can be read by others.
[ -z "${TOKEN:-}" ] || printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" >"$headers"

ask() { # CURL'S ARGUMENTS...
  curl --silent --show-error --fail-with-body --config "$headers" "$@" "$address"
}

post() { # MESSAGE
  printf '> %s\n' "$1"
  ask --header 'Content-Type: application/json' --data "$1" --write-out '\n' | sed 's/^/< /'
}

call() { # ID TOOL ARGUMENTS
  post "{\"jsonrpc\":\"2.0\",\"id\":$1,\"method\":\"tools/call\",\"params\":{\"name\":\"$2\",\"arguments\":$3}}"
}

# The session's id is in a header of the answer, and from then on in one of each request.
hello='{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"curl","version":"1"}}}'
printf '> %s\n' "$hello"
answer=$(ask --include --header 'Content-Type: application/json' --data "$hello")
answer=$(printf '%s\n' "$answer" | tr -d '\r')
printf '%s\n' "$answer" | sed 's/^/< /'
id=$(printf '%s\n' "$answer" | sed -n 's/^[Mm]cp-[Ss]ession-[Ii]d: //p')
printf 'header = "Mcp-Session-Id: %s"\nheader = "MCP-Protocol-Version: 2025-11-25"\n' "$id" >>"$headers"

post '{"jsonrpc":"2.0","method":"notifications/initialized"}'
post '{"jsonrpc":"2.0","id":2,"method":"tools/list"}'
call 3 add '{"a":0.1,"b":0.2}'
# As MCP's clients do: who names text/event-stream among what it takes gets events.
echo 'header = "Accept: application/json, text/event-stream"' >>"$headers"
call 4 divide '{"a":1,"b":3}'

printf '> DELETE\n'
ask --request DELETE --write-out '< %{http_code}\n'
