"""OpenTelemetry as an application sets it up: the SDK, one OTLP exporter, stock instrumentations."""
import os

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def set_up():
    """Reads OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_*; gives the provider, which is to be shut down at the end."""
    if os.environ["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc":
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
    else:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    provider = TracerProvider(resource=Resource.create())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(), schedule_delay_millis=400))
    trace.set_tracer_provider(provider)
    return provider
