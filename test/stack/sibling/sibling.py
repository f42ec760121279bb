"""A calculator in Python, played: it tells of the calls that it is told of, as docs/telemetry.json asks.

python sibling.py docs/telemetry.json, with OpenTelemetry's own variables. Each line on stdin is JSON:

  {"tools": ["add"]}                                   their series are there at 0, and exported
  {"session": "begin"}
  {"tool": "add", "outcome": "ok", "millis": 3.2}      a call; with "error" or "code" where it failed
  {"session": "end", "seconds": 12.5}

It prints a line when one is done, and leaves when stdin ends.
"""

import json
import sys
import time
from typing import Any

from contract import Contract, Facts
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import set_span_in_context

CALL = "tools/call"
SESSION: Facts = {"network.transport": "pipe", "mcp.protocol.version": "2025-11-25"}


class Sibling:
    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        resource = contract.resource(Resource.create())
        self.meters = MeterProvider(
            [PeriodicExportingMetricReader(OTLPMetricExporter())],
            resource=resource,
            views=contract.views(),
        )
        # They count what became of their records, so they come first to the end.
        self.tracers = TracerProvider(resource=resource, meter_provider=self.meters)
        self.tracers.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(), meter_provider=self.meters)
        )
        self.loggers = LoggerProvider(resource=resource, meter_provider=self.meters)
        self.loggers.add_log_record_processor(
            BatchLogRecordProcessor(OTLPLogExporter(), meter_provider=self.meters)
        )
        self.tracer = self.tracers.get_tracer("sibling")
        self.logger = self.loggers.get_logger("sibling")
        self.instruments = contract.instruments(self.meters.get_meter("sibling"))

    def count(self, metric: str, value: float, facts: Facts) -> None:
        instrument = self.instruments[metric]
        act = {"counter": "add", "histogram": "record", "gauge": "set"}
        method = getattr(instrument, act[self.contract.metrics[metric]["type"]])
        method(value, self.contract.labels(metric, facts))

    def know(self, tools: list[str]) -> None:
        self.count("mcp.sessions.active", 0, {})
        for tool in tools:
            self.count("mcp.tools.calls", 0, {"tool": tool})
            for outcome in self.contract.outcomes:
                facts = {"method": CALL, "tool": tool, "outcome": outcome}
                self.count("mcp.requests.total", 0, facts)
            for error in self.contract.errors:
                self.count("mcp.tools.errors", 0, {"tool": tool, "error": error})
        self.meters.force_flush()

    def call(
        self,
        tool: str,
        outcome: str,
        millis: float,
        error: str | None = None,
        code: str | None = None,
    ) -> None:
        status, error_type = self.contract.ending(outcome, code)
        facts: Facts = {
            **SESSION,
            "method": CALL,
            "tool": tool,
            "outcome": outcome,
            "error": error,
            "mcp.method": CALL,
            "mcp.method.name": CALL,
            "mcp.tool.name": tool,
            "mcp.tool.error": error is not None,
            "mcp.tool.error_label": error,
            "gen_ai.tool.name": tool,
            "gen_ai.operation.name": "execute_tool",
            "error.type": error_type,
            "rpc.response.status_code": code,
            "openinference.span.kind": "TOOL",
            "tool.name": tool,
        }
        self.count("mcp.requests.total", 1, facts)
        self.count("mcp.requests.duration", millis, facts)
        self.count("mcp.tools.calls", 1, facts)
        if error is not None:
            self.count("mcp.tools.errors", 1, facts)
        self.count("mcp.server.operation.duration", millis / 1000, facts)
        self.tell(f"{CALL} {tool}", status, millis, facts)

    def tell(self, name: str, status: Any, millis: float, facts: Facts) -> None:
        end = time.time_ns()
        span = self.tracer.start_span(
            name,
            kind=self.contract.kind,
            attributes=self.contract.attributes(facts),
            start_time=end - int(millis * 1e6),
        )
        span.set_status(status)
        span.end(end)
        self.logger.emit(
            LogRecord(
                timestamp=end,
                context=set_span_in_context(span),
                severity_number=SeverityNumber.INFO,
                body=f"{name} {facts['outcome']} {millis:.2f} ms",
            )
        )

    def end(self) -> None:
        self.tracers.shutdown()
        self.loggers.shutdown()
        self.meters.shutdown()


def main() -> None:
    sibling = Sibling(Contract(sys.argv[1]))
    for line in sys.stdin:
        told = json.loads(line)
        if "tools" in told:
            sibling.know(told["tools"])
        elif told.get("session") == "begin":
            sibling.count("mcp.sessions.active", 1, SESSION)
        elif told.get("session") == "end":
            sibling.count("mcp.sessions.active", 0, SESSION)
            sibling.count("mcp.server.session.duration", told["seconds"], SESSION)
        else:
            sibling.call(**told)
        print("{}", flush=True)
    sibling.end()


main()
