#!/bin/sh
# The monitoring stack without Docker: starts the parts that are installed, until Ctrl-C.
#
#   sh run.sh check       says which parts are there, and how to get the others
#   sh run.sh [FLAGS]     starts them; the flags are the collector's: --config=redaction.yaml
#
# What they store, and their log files, are in MONITORING_DATA (~/.local/state/ts-calculator-monitoring).
set -eu

here=$(cd "$(dirname "$0")" && pwd)
data=${MONITORING_DATA:-${XDG_STATE_HOME:-$HOME/.local/state}/ts-calculator-monitoring}
PATH=$PATH:/usr/sbin # Debian's place for Grafana, which not everybody's path has.
started='' # PID:NAME:ADDRESS of each part

find_part() { # NAME HOW PROGRAM...: prints the first that is installed
  part=$1 how=$2
  shift 2
  for program in "$@"; do
    command -v "$program" && return
  done
  printf '%-13s is missing. Get it: %s\n' "$part" "$how" >&2
}

answers() { # ADDRESS: on this machine, so through no proxy
  curl --noproxy '*' --fail --silent --output /dev/null --max-time 2 "$1"
}

start() { # NAME ADDRESS COMMAND...: the address answers once it is ready
  name=$1 address=$2
  shift 2
  if answers "$address"; then
    echo "Another program answers at $address. Stop it first: $name is to have that port." >&2
    exit 1
  fi
  "$@" >"$data/$name.log" 2>&1 &
  started="$started $!:$name:$address"
}

is_running() { # PID NAME
  kill -0 "$1" 2>/dev/null && return
  printf '%s has ended. The last lines of %s:\n' "$2" "$data/$2.log" >&2
  tail -n 20 "$data/$2.log" >&2
  return 1
}

each_part() { # DO: with the pid, name and address of each
  for entry in $started; do
    rest=${entry#*:}
    "$1" "${entry%%:*}" "${rest%%:*}" "${rest#*:}" || exit 1
  done
}

await() { # PID NAME ADDRESS
  seconds=0
  until answers "$3"; do
    is_running "$1" "$2" || return
    sleep 1
    seconds=$((seconds + 1))
    [ $seconds -ne 30 ] || echo "$2 does not answer at $3 yet: see $data/$2.log" >&2
  done
  echo "$2 is ready"
}

stop() {
  trap '' HUP INT TERM
  trap - EXIT
  for entry in $started; do
    kill "${entry%%:*}" 2>/dev/null || :
  done
  wait
}

command -v curl >/dev/null || {
  echo 'curl is missing, which asks the parts whether they are ready.' >&2
  exit 1
}
phoenix=$(find_part Phoenix 'pip install arize-phoenix, with Python 3.12 or newer' phoenix)
collector=$(find_part 'The collector' 'otelcol-contrib 0.156 of https://github.com/open-telemetry/opentelemetry-collector-releases/releases' otelcol-contrib)
prometheus=$(find_part Prometheus 'https://prometheus.io/download, apt-get or brew install prometheus' prometheus)
alertmanager=$(find_part Alertmanager 'https://prometheus.io/download, or apt-get install prometheus-alertmanager' alertmanager prometheus-alertmanager)
grafana=$(find_part Grafana 'https://grafana.com/grafana/download' grafana)
case ${1:-} in
check)
  printf '%s\n' "$phoenix" "$collector" "$prometheus" "$alertmanager" "$grafana" | sed '/^$/d'
  [ -n "$collector" ] && [ -n "$prometheus" ]
  exit
  ;;
'' | --*) ;;
*)
  echo "There is no '$1': check, or flags of the collector, which begin with --." >&2
  exit 1
  ;;
esac
if [ -z "$collector" ] || [ -z "$prometheus" ]; then
  echo 'Without the collector and Prometheus there is nothing to see: nothing was started.' >&2
  exit 1
fi

mkdir -p "$data"
trap stop EXIT
trap 'exit 129' HUP # The terminal was closed.
trap 'exit 130' INT
trap 'exit 143' TERM

if answers http://localhost:6006/readyz; then
  echo 'Phoenix runs already, and is used'
elif [ -n "$phoenix" ]; then
  start phoenix http://localhost:6006/readyz \
    env PHOENIX_HOST=127.0.0.1 PHOENIX_TELEMETRY_ENABLED=false \
    PHOENIX_WORKING_DIR="$data/phoenix" "$phoenix" serve
fi
start collector http://localhost:13133/ \
  env GOMEMLIMIT=350MiB COLLECTOR_DATA="$data/collector" \
  "$collector" --config="$here/collector.yaml" "$@"
start prometheus http://localhost:9090/-/ready \
  "$prometheus" --config.file="$here/prometheus.yml" --storage.tsdb.path="$data/prometheus" \
  --web.listen-address=127.0.0.1:9090 --web.enable-remote-write-receiver
[ -z "$alertmanager" ] || start alertmanager http://localhost:9093/-/ready \
  "$alertmanager" --config.file="$here/alertmanager.yml" --storage.path="$data/alertmanager" \
  --web.listen-address=127.0.0.1:9093 --cluster.listen-address=
[ -z "$grafana" ] || start grafana http://localhost:3000/api/health \
  env GF_SERVER_HTTP_ADDR=127.0.0.1 GF_AUTH_ANONYMOUS_ENABLED=true \
  GF_ANALYTICS_REPORTING_ENABLED=false GF_ANALYTICS_CHECK_FOR_UPDATES=false \
  GF_PATHS_DATA="$data/grafana" GF_PATHS_LOGS="$data/grafana" GF_PATHS_PROVISIONING="$here/grafana" \
  PROMETHEUS_URL=http://localhost:9090 DASHBOARDS_FOLDER="$here/dashboards" \
  "$grafana" server --homepath "${GRAFANA_HOME:-/usr/share/grafana}"

each_part await
[ -z "$grafana" ] || echo 'Overview: http://localhost:3000/d/mcp-service-overview'
echo 'Alerts: http://localhost:9090/alerts. Servers send to http://localhost:4318. Ctrl-C stops all.'
while sleep 2; do
  each_part is_running
done
