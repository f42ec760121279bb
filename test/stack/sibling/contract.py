"""What docs/telemetry.json asks of a server, as the OpenTelemetry SDK for Python does it."""

import json
from pathlib import Path
from typing import Any

from opentelemetry.metrics import Meter
from opentelemetry.sdk.metrics.view import (
    DefaultAggregation,
    DropAggregation,
    ExplicitBucketHistogramAggregation,
    View,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.trace import SpanKind, StatusCode

Facts = dict[str, Any]

CODE = "<JSON-RPC code>"


class Contract:
    """The file. Facts are values by the names of labels and attributes: of them it takes what it asks for."""

    def __init__(self, file: str) -> None:
        contract = json.loads(Path(file).read_text())
        self.metrics = {metric["name"]: metric for metric in contract["metrics"]}
        self.outcomes: list[str] = list(contract["outcomes"])
        self.errors: list[str] = contract["errorLabels"]
        self._resource = {attribute["key"] for attribute in contract["resource"]}
        self._spans = contract["spans"]

    def views(self) -> list[View]:
        """A view a metric, and all others are dropped: also what the SDK tells of itself."""
        asked = [
            View(
                instrument_name=metric["name"],
                attribute_keys=set(metric["labels"]),
                aggregation=_aggregation(metric),
            )
            for metric in self.metrics.values()
        ]
        return [*asked, View(instrument_name="*", aggregation=DropAggregation())]

    def instruments(self, meter: Meter) -> dict[str, Any]:
        """Those that a server counts with; the SDK has its own."""
        create = {
            "counter": meter.create_counter,
            "histogram": meter.create_histogram,
            "gauge": meter.create_gauge,
        }
        return {
            name: create[metric["type"]](name, metric["unit"], metric["description"])
            for name, metric in self.metrics.items()
            if metric["vocabulary"] != "always"
        }

    def labels(self, metric: str, facts: Facts) -> Facts:
        return _picked(self.metrics[metric]["labels"], facts)

    def resource(self, known: Resource) -> Resource:
        return Resource(_picked(self._resource, dict(known.attributes)))

    def attributes(self, facts: Facts) -> Facts:
        """A span's, of all vocabularies."""
        keys = (
            attribute["key"]
            for attributes in self._spans["attributes"].values()
            for attribute in attributes
        )
        return _picked(keys, facts)

    @property
    def kind(self) -> SpanKind:
        return SpanKind[self._spans["kinds"]["received"]]

    def ending(
        self, outcome: str, code: str | None
    ) -> tuple[StatusCode, str | None]:
        """A span's status, and its `error.type`: JSON-RPC's code stands for itself."""
        how = self._spans["outcomes"][outcome]
        error_type = how["error.type"]
        return StatusCode[how["status"]], code if error_type == CODE else error_type


def _aggregation(metric: dict[str, Any]) -> Any:
    if metric["type"] != "histogram":
        return DefaultAggregation()
    return ExplicitBucketHistogramAggregation(metric["boundaries"])


def _picked(keys: Any, facts: Facts) -> Facts:
    return {key: facts[key] for key in keys if facts.get(key) is not None}
