"""What real clients see of a collector. Each check is a function; the name says what must hold."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import grpc
from google.rpc import error_details_pb2, status_pb2
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GRPCExporter
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HTTPExporter
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from opentelemetry.proto.common.v1 import common_pb2
from opentelemetry.proto.trace.v1 import trace_pb2
from opentelemetry.proto.resource.v1 import resource_pb2
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExportResult
from opentelemetry.trace import SpanKind
from prometheus_client.parser import text_string_to_metric_families

FLOWGLASS = os.path.abspath(sys.argv[1])


class Collector:
    """A collector on free ports with a store of its own."""

    def __init__(self, *arguments, store=None, environment=None):
        self.folder = tempfile.mkdtemp(prefix="flowglass-interop-")
        self.store = store or self.folder + "/spans.db"
        self.process = subprocess.Popen(
            [FLOWGLASS, "collect", "--http", "127.0.0.1:0", "--grpc", "127.0.0.1:0", "--admin", "127.0.0.1:0",
             "--log-format", "json", "--store", self.store, *arguments],
            cwd=self.folder, stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})})
        self.log = []
        start = json.loads(self.line())
        self.http, self.grpc = start["listening"]
        self.admin = start["admin"]
        threading.Thread(target=self.read, daemon=True).start()

    def line(self):
        line = self.process.stderr.readline()
        assert line, "the collector ended"
        self.log.append(line)
        return line

    def read(self):
        for line in self.process.stderr:
            self.log.append(line)

    def page(self, path):
        with urllib.request.urlopen(f"http://{self.admin}{path}") as answer:
            return answer.read().decode()

    def metrics(self):
        """Sample values by name and labels, as Prometheus' own parser reads the page."""
        values = {}
        for family in text_string_to_metric_families(self.page("/metrics")):
            for sample in family.samples:
                values[(sample.name, tuple(sorted(sample.labels.items())))] = sample.value
        return values

    def published(self):
        """Messages that were published, each counted once."""
        edges = json.loads(subprocess.run([FLOWGLASS, "edges", "--store", self.store, "--json"], check=True,
                                          cwd=self.folder, capture_output=True).stdout)
        return sum(edge["count"] for edge in edges if edge["kind"] == "publishes")

    def spans(self):
        return int(self.metrics()[("flowglass_store_spans", ())])

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(15)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def attribute(key, value):
    return common_pb2.KeyValue(key=key, value=common_pb2.AnyValue(string_value=value))


def request(first, count):
    """An export request of spans with ids of their own: each publishes one message."""
    attributes = [attribute("messaging.system", "kafka"), attribute("messaging.destination.name", "주문.완료"),
                  attribute("messaging.operation.type", "publish")]
    spans = [
        trace_pb2.Span(trace_id=struct.pack(">QQ", 7, n + 1), span_id=struct.pack(">Q", n + 1), name="주문 발행",
                       kind=trace_pb2.Span.SPAN_KIND_PRODUCER, start_time_unix_nano=n + 1, end_time_unix_nano=n + 2,
                       attributes=attributes)
        for n in range(first, first + count)
    ]
    resource = resource_pb2.Resource(attributes=[attribute("service.name", "주문")])
    return trace_service_pb2.ExportTraceServiceRequest(
        resource_spans=[trace_pb2.ResourceSpans(resource=resource, scope_spans=[trace_pb2.ScopeSpans(spans=spans)])])


def sdk_exporters_send_with_and_without_gzip():
    with Collector() as collector:
        exporters = [
            HTTPExporter(f"http://{collector.http}/v1/traces"),
            HTTPExporter(f"http://{collector.http}/v1/traces", compression=Compression.Gzip),
            HTTPExporter(f"http://{collector.http}/v1/traces", compression=Compression.Deflate),
            GRPCExporter(f"http://{collector.grpc}", insecure=True),
            GRPCExporter(f"http://{collector.grpc}", insecure=True, compression=grpc.Compression.Gzip),
        ]
        for exporter in exporters:
            provider = TracerProvider(resource=Resource({"service.name": "주문"}))
            provider.add_span_processor(BatchSpanProcessor(exporter, max_export_batch_size=64))
            tracer = provider.get_tracer("interop")
            for _ in range(200):
                with tracer.start_as_current_span("주문.완료 publish", kind=SpanKind.PRODUCER) as span:
                    span.set_attributes({"messaging.system": "kafka", "messaging.destination.name": "주문.완료",
                                         "messaging.operation.type": "publish"})
            assert provider.force_flush()
            provider.shutdown()
        assert collector.spans() == 1000, collector.spans()


def aggressive_keepalive_is_not_cut():
    options = [("grpc.keepalive_time_ms", 100), ("grpc.keepalive_timeout_ms", 2000),
               ("grpc.keepalive_permit_without_calls", 1), ("grpc.http2.max_pings_without_data", 0),
               ("grpc.http2.min_ping_interval_without_data_ms", 100)]
    with Collector() as collector, grpc.insecure_channel(collector.grpc, options) as channel:
        states = []
        channel.subscribe(states.append)
        stub = trace_service_pb2_grpc.TraceServiceStub(channel)
        stub.Export(request(0, 1), timeout=5)
        time.sleep(4)
        stub.Export(request(1, 1), timeout=5)
        assert grpc.ChannelConnectivity.TRANSIENT_FAILURE not in states, states
        assert states.count(grpc.ChannelConnectivity.READY) == 1, states
        connections = collector.metrics()[("flowglass_connections", (("protocol", "grpc"),))]
        assert connections == 1, connections


def a_deadline_passes_and_a_large_request_is_refused_for_good():
    with Collector() as collector, grpc.insecure_channel(
            collector.grpc, [("grpc.max_send_message_length", -1)]) as channel:
        stub = trace_service_pb2_grpc.TraceServiceStub(channel)
        large = trace_service_pb2.ExportTraceServiceRequest(
            resource_spans=[trace_pb2.ResourceSpans(schema_url="x" * (65 << 20))])
        try:
            stub.Export(large, timeout=20)
            raise AssertionError("taken")
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, error
            assert "grpc-status-details-bin" not in dict(error.trailing_metadata() or ())
        try:
            stub.Export(request(0, 1), timeout=0.000001)
            raise AssertionError("in time")
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error
        channel.unary_unary("/nowhere/Nothing")
        try:
            channel.unary_unary("/nowhere/Nothing")(b"", timeout=5)
            raise AssertionError("there")
        except grpc.RpcError as error:
            assert error.code() == grpc.StatusCode.UNIMPLEMENTED, error


def a_partial_success_is_read_by_the_client():
    broken = request(0, 3)
    broken.resource_spans[0].scope_spans[0].spans[1].trace_id = b""
    with Collector() as collector, grpc.insecure_channel(collector.grpc) as channel:
        answer = trace_service_pb2_grpc.TraceServiceStub(channel).Export(broken, timeout=5)
        assert answer.partial_success.rejected_spans == 1, answer
        assert answer.partial_success.error_message, answer
        whole = trace_service_pb2_grpc.TraceServiceStub(channel).Export(request(10, 1), timeout=5)
        assert not whole.HasField("partial_success"), whole
        samples = collector.metrics()
        rejected = [v for (name, _), v in samples.items() if name == "flowglass_spans_rejected_total"]
        # Reasons that did not occur are there with zero.
        assert sum(rejected) == 1.0, rejected


def exporters_come_back_after_a_store_that_could_not_write():
    """The disk is full for a moment: 503 and UNAVAILABLE with the time to come back, and nothing is lost."""
    if os.geteuid() != 0:
        return "skipped: mounting a small disk wants root"
    folder = tempfile.mkdtemp(prefix="flowglass-interop-disk-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder]).returncode != 0:
        os.rmdir(folder)
        return "skipped: no tmpfs can be mounted here"
    try:
        with Collector(store=folder + "/spans.db") as collector:
            HTTPExporter(f"http://{collector.http}/v1/traces")
            send(collector, request(0, 1))
            with open(folder + "/ballast", "wb") as ballast:
                with contextlib.suppress(OSError):
                    while True:
                        ballast.write(b"\0" * (1 << 20))
            status, headers, body = post(collector, request(1, 1).SerializeToString())
            assert status == 503 and int(headers["retry-after"]) >= 1, (status, headers)
            answer = status_pb2.Status.FromString(body)
            assert answer.code == 14 and "disk is full" in answer.message, answer
            with grpc.insecure_channel(collector.grpc) as channel:
                try:
                    trace_service_pb2_grpc.TraceServiceStub(channel).Export(request(1, 1), timeout=5)
                    raise AssertionError("kept")
                except grpc.RpcError as error:
                    assert error.code() == grpc.StatusCode.UNAVAILABLE, error
                    details = status_pb2.Status.FromString(
                        dict(error.trailing_metadata())["grpc-status-details-bin"])
                    retry = error_details_pb2.RetryInfo()
                    assert details.details[0].Unpack(retry) and retry.retry_delay.seconds >= 1, details
            try:
                collector.page("/healthz")
                raise AssertionError("healthy")
            except urllib.error.HTTPError as error:
                assert error.code == 503 and json.loads(error.read())["status"] == "degraded"
            provider = TracerProvider(resource=Resource({"service.name": "주문"}))
            exporters = [HTTPExporter(f"http://{collector.http}/v1/traces", timeout=20),
                         GRPCExporter(f"http://{collector.grpc}", insecure=True, timeout=20)]
            results = []
            tracer = provider.get_tracer("interop")
            spans = [tracer.start_span(f"예매 {n}") for n in range(10)]
            for span in spans:
                span.end()
            threads = [threading.Thread(target=lambda e=e: results.append(e.export(spans))) for e in exporters]
            for thread in threads:
                thread.start()
            time.sleep(1.5)
            os.unlink(folder + "/ballast")
            for thread in threads:
                thread.join()
            assert results == [SpanExportResult.SUCCESS] * 2, results
            assert json.loads(collector.page("/healthz"))["status"] == "ok"
            assert collector.spans() == 21, collector.spans()
            assert any("spans are kept again" in line for line in collector.log), collector.log
    finally:
        subprocess.run(["umount", "-l", folder])
        os.rmdir(folder)


@contextlib.contextmanager
def faulty_disk():
    """A collector whose disk does as the file says that is given with it; None where there is no C compiler."""
    if shutil.which("cc") is None:
        yield None, None
        return
    with tempfile.TemporaryDirectory(prefix="flowglass-interop-disk-") as folder:
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "disk.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-o", folder + "/disk.so", source, "-ldl"], check=True)
        fault = folder + "/fault"
        with Collector(environment={"LD_PRELOAD": folder + "/disk.so", "FLOWGLASS_DISK": fault}) as collector:
            yield collector, fault


def write(path, text):
    with open(path, "w") as file:
        file.write(text)


def a_disk_that_fails_is_not_believed():
    """After an fsync that failed nothing is acknowledged until the store was opened anew; nothing counts twice."""
    with faulty_disk() as (collector, fault):
        if collector is None:
            return "skipped: no C compiler"
        send(collector, request(0, 10))
        write(fault, "eio")
        for _ in range(3):
            status, headers, _ = post(collector, request(10, 10).SerializeToString())
            assert status == 503 and "retry-after" in headers, status
        os.unlink(fault)
        send(collector, request(10, 10))
        send(collector, request(20, 10))
        assert collector.published() == 30, collector.published()
        collector.process.kill()
        collector.process.wait()
        with Collector(store=collector.store) as again:
            assert again.published() == 30, again.published()


def a_store_that_is_slower_than_its_clients_pushes_back():
    with faulty_disk() as (collector, fault):
        if collector is None:
            return "skipped: no C compiler"
        write(fault, "slow")
        acknowledged = []
        begin = time.time()

        def load(worker):
            with grpc.insecure_channel(collector.grpc, [("grpc.max_send_message_length", -1)]) as channel:
                stub = trace_service_pb2_grpc.TraceServiceStub(channel)
                number = 0
                while time.time() - begin < 4:
                    message = request(worker * 10_000_000 + number * 2_000, 2_000)
                    with contextlib.suppress(grpc.RpcError):
                        stub.Export(message, timeout=20)
                        acknowledged.append(2_000)
                    number += 1

        threads = [threading.Thread(target=load, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        peak = 0
        while any(thread.is_alive() for thread in threads):
            peak = max(peak, resident(collector))
            time.sleep(0.1)
        assert peak < 600 << 20, peak
        assert sum(acknowledged) > 0
        os.unlink(fault)
        assert collector.published() >= sum(acknowledged)
        return f"{sum(acknowledged)} spans, {peak >> 20} MiB"


def send(collector, message):
    status, _, _ = post(collector, message.SerializeToString())
    assert status == 200, status


def post(collector, body, path="/v1/traces", kind="application/x-protobuf", method="POST"):
    call = urllib.request.Request(f"http://{collector.http}{path}", data=body, method=method,
                                  headers={"content-type": kind})
    try:
        with urllib.request.urlopen(call) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


def errors_are_statuses_in_the_encoding_of_the_request():
    with Collector() as collector:
        for kind, parse in [("application/x-protobuf", lambda b: status_pb2.Status.FromString(b).message),
                            ("application/json", lambda b: json.loads(b)["message"])]:
            for path, body, method, expected in [("/v1/traces", b"\xff\xff\xff", "POST", 400),
                                                 ("/v1/metrics", b"", "POST", 404), ("/", b"", "POST", 404),
                                                 ("/v1/traces", b"", "PUT", 405)]:
                status, headers, answer = post(collector, body, path, kind, method)
                assert (status, headers["content-type"]) == (expected, kind), (path, status, headers)
                assert parse(answer), (path, kind)
        status, headers, answer = post(collector, b"{}", kind="text/plain")
        assert (status, headers["content-type"]) == (415, "application/json") and json.loads(answer)["message"]


def pings_settings_and_resets_without_end_are_cut_and_others_go_on():
    """The pinned outcome: 300 PINGs are answered; a flood of resets ends its own connection."""
    import h2.config
    import h2.connection
    import h2.events

    with Collector() as collector:
        host, port = collector.grpc.split(":")

        def connect():
            connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
            connection.initiate_connection()
            sock = socket.create_connection((host, int(port)), timeout=5)
            sock.sendall(connection.data_to_send())
            return connection, sock

        connection, sock = connect()
        for number in range(300):
            connection.ping(struct.pack(">Q", number))
            sock.sendall(connection.data_to_send())
        answered = 0
        while answered < 300:
            data = sock.recv(65536)
            assert data, f"cut after {answered} answers"
            answered += sum(isinstance(e, h2.events.PingAckReceived) for e in connection.receive_data(data))
            sock.sendall(connection.data_to_send())
        sock.close()

        connection, sock = connect()
        headers = [(":method", "POST"), (":scheme", "http"), (":authority", "localhost"),
                   (":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"),
                   ("content-type", "application/grpc"), ("te", "trailers")]
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 20_000:
                stream = connection.get_next_available_stream_id()
                connection.send_headers(stream, headers)
                connection.reset_stream(stream)
                sock.sendall(connection.data_to_send())
                sent += 1
            while sock.recv(65536):
                pass
        sock.close()
        send(collector, request(0, 1))
        assert resident(collector) < 400 << 20


def resident(collector):
    with open(f"/proc/{collector.process.pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def few_file_descriptors_do_not_make_it_spin():
    """With 64 file descriptors, 200 connections wait or are turned away, and no processor time is burnt."""
    with Collector() as collector:
        subprocess.run(["prlimit", f"--pid={collector.process.pid}", "--nofile=64:64"], check=True)
        host, port = collector.http.split(":")
        sockets = []
        for _ in range(200):
            with contextlib.suppress(OSError):
                sockets.append(socket.create_connection((host, int(port)), timeout=2))
        before = processor_time(collector)
        time.sleep(2)
        used = processor_time(collector) - before
        assert used < 0.5, used
        for each in sockets:
            each.close()
        deadline = time.time() + 10
        while True:
            with contextlib.suppress(OSError, urllib.error.URLError):
                send(collector, request(0, 1))
                break
            assert time.time() < deadline, "not taken again"
            time.sleep(0.2)


def processor_time(collector):
    with open(f"/proc/{collector.process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def a_termination_under_load_loses_nothing_that_was_acknowledged():
    with Collector() as collector:
        acknowledged = []
        lock = threading.Lock()

        def load(worker):
            with contextlib.suppress(grpc.RpcError, OSError, AssertionError):
                if worker % 2:
                    with grpc.insecure_channel(collector.grpc) as channel:
                        stub = trace_service_pb2_grpc.TraceServiceStub(channel)
                        for n in range(10_000):
                            stub.Export(request(worker * 1_000_000 + n * 10, 10), timeout=5)
                            with lock:
                                acknowledged.append(10)
                else:
                    for n in range(10_000):
                        send(collector, request(worker * 1_000_000 + n * 10, 10))
                        with lock:
                            acknowledged.append(10)

        threads = [threading.Thread(target=load, args=(n,), daemon=True) for n in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(2)
        begin = time.time()
        assert collector.stop() == 0
        assert time.time() - begin < 10
        for thread in threads:
            thread.join(10)
        with Collector(store=collector.store) as again:
            kept = again.spans()
        assert sum(acknowledged) > 100
        assert sum(acknowledged) <= kept <= sum(acknowledged) + 40, (sum(acknowledged), kept)


def metrics_are_well_formed_and_documented():
    with Collector() as collector:
        send(collector, request(0, 5))
        post(collector, b"\xff")
        families = {family.name: family for family in text_string_to_metric_families(collector.page("/metrics"))}
        assert families["flowglass_commit_duration_seconds"].type == "histogram"
        samples = collector.metrics()
        assert samples[("flowglass_commits_total", ())] >= 1
        assert samples[("flowglass_request_failures_total", (("code", "invalidArgument"), ("protocol", "http")))] == 1
        assert samples[("flowglass_commit_duration_seconds_bucket", (("le", "+Inf"),))] == samples[
            ("flowglass_commit_duration_seconds_count", ())]
        with open(os.path.dirname(__file__) + "/../../Documentation/Operating.md") as file:
            documented = set(re.findall(r"^\| `((?:flowglass|process)_\w+)`", file.read(), re.M))
        shown = {line.split()[2] for line in collector.page("/metrics").splitlines() if line.startswith("# TYPE")}
        assert documented == shown, documented ^ shown


def main():
    checks = [value for name, value in globals().items()
              if callable(value) and getattr(value, "__module__", "") == "__main__" and "_" in name
              and name not in {"processor_time", "faulty_disk"}]
    wanted = sys.argv[2:]
    failed = 0
    for check in checks:
        if wanted and check.__name__ not in wanted:
            continue
        begin = time.time()
        try:
            note = check()
            print(f"ok    {check.__name__.replace('_', ' ')} ({time.time() - begin:.1f} s)" + (f": {note}" if note else ""))
        except Exception as error:  # every check is told, whatever happens to the one before
            failed += 1
            print(f"FAIL  {check.__name__.replace('_', ' ')}: {type(error).__name__}: {error}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
