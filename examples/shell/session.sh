#!/bin/sh
# A whole MCP session through a pipe: initialize, tools/list, four calls.
#
#   sh session.sh                     the build of this checkout, else npx -y ts-calculator
#   sh session.sh COMMAND [ARGS...]   any other command that serves MCP on stdio
#
# Prints what it asks after "> " and what is answered after "< ". Log lines, a line a request, are on
# stderr. With jq an answer is shortened to what one wants to read.
set -eu

root=$(dirname "$0")/../..
if [ $# -eq 0 ]; then
  if [ -f "$root/dist/cli.cjs" ]; then
    set -- node "$root/bin/ts-calculator.js"
  else
    set -- npx -y ts-calculator
  fi
fi

request() { # ID METHOD PARAMS
  printf '{"jsonrpc":"2.0","id":%s,"method":"%s","params":%s}\n' "$1" "$2" "$3"
}

call() { # ID TOOL ARGUMENTS
  request "$1" tools/call "{\"name\":\"$2\",\"arguments\":$3}"
}

session() {
  request 1 initialize '{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"shell","version":"1"}}'
  printf '%s\n' '{"jsonrpc":"2.0","method":"notifications/initialized"}'
  request 2 tools/list '{}'
  call 3 add '{"a":0.1,"b":0.2}'
  call 4 add '{"a":"9007199254740993","b":1}'
  call 5 divide '{"a":1,"b":3}'
  call 6 divide '{"a":1,"b":0}'
}

answers() {
  if command -v jq >/dev/null; then
    jq -r '"\(.id): " + (
      if .error then .error.message
      elif .result.tools then [.result.tools[].name] | join(", ")
      elif .result.serverInfo then .result.serverInfo | "\(.name) \(.version)"
      else .result.content[-1].text
      end)'
  else
    cat
  fi
}

session | sed 's/^/> /'
replies=$(session | "$@") # Ends here, with the server's exit code, where that is not 0.
printf '%s\n' "$replies" | answers | sed 's/^/< /'
