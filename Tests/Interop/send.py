"""Sends messages' spans to a collector with OpenTelemetry's exporters: 20 of 주문 over HTTP, 20 of 결제 over gRPC.

Usage: send.py HTTP-HOST:PORT GRPC-HOST:PORT
"""

import sys

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GRPCExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HTTPExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind


def send(service, exporter):
    """One span a request; every answer must be a success."""
    answers = []
    export = exporter.export
    exporter.export = lambda spans: answers.append(export(spans)) or answers[-1]
    provider = TracerProvider(resource=Resource({"service.name": service}))
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    for _ in range(20):
        with provider.get_tracer("send").start_as_current_span("발행", kind=SpanKind.PRODUCER, attributes={
            "messaging.system": "kafka", "messaging.destination.name": service + ".완료",
            "messaging.operation.type": "publish",
        }):
            pass
    provider.shutdown()
    assert answers == [SpanExportResult.SUCCESS] * 20, answers


send("주문", HTTPExporter(f"http://{sys.argv[1]}/v1/traces"))
send("결제", GRPCExporter(sys.argv[2], insecure=True))
print("sent: 20 messages over HTTP, 20 over gRPC")
