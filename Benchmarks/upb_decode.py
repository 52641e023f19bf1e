"""The reference for decoding: Python's protobuf on upb, parsing the same requests. Prints spans a second."""
import pathlib, statistics, sys, time
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from google.protobuf.internal import api_implementation

assert api_implementation.Type() == "upb", api_implementation.Type()
bodies = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).glob("*.pb"))]
times = []
for _ in range(7):
    start = time.perf_counter()
    for body in bodies:
        ExportTraceServiceRequest.FromString(body)
    times.append(time.perf_counter() - start)
print(f"upb_spans_per_second {len(bodies) * 512 / statistics.median(times):.6g}")
