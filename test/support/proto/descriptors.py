"""Writes the official OTLP definitions as one FileDescriptorSet: python descriptors.py OUT"""

import sys

from google.protobuf import descriptor_pb2
from opentelemetry.proto.collector.logs.v1 import logs_service_pb2
from opentelemetry.proto.collector.metrics.v1 import metrics_service_pb2
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2

files = {}


def add(file):
    if file.name not in files:
        for dependency in file.dependencies:
            add(dependency)
        files[file.name] = descriptor_pb2.FileDescriptorProto.FromString(file.serialized_pb)


for service in (trace_service_pb2, metrics_service_pb2, logs_service_pb2):
    add(service.DESCRIPTOR)
with open(sys.argv[1], "wb") as out:
    out.write(descriptor_pb2.FileDescriptorSet(file=files.values()).SerializeToString())
