"""A run of the fleet: brokers, a collector, services, and the comparison."""
import argparse
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from . import brokers, truth
from .journal import events
from .processes import Processes, free_port, tail, wait_until
from .services import SCENARIOS

PROTOCOLS = {"grpc": "grpc", "http": "http/protobuf"}
WORK_SECONDS = 75
"""After so long a service that has not done its work is taken for stuck."""


def main():
    parser = argparse.ArgumentParser(prog="Tests/Fleet/run", description=__doc__)
    parser.add_argument("--flowglass", default=".build/debug/flowglass", help="the program to test")
    parser.add_argument("--transport", choices=sorted(PROTOCOLS), help="one of the two only")
    parser.add_argument("--only", action="append", choices=SCENARIOS, help="some scenarios only")
    parser.add_argument("--keep", action="store_true", help="keep journals, logs and stores")
    options = parser.parse_args()
    # It is run in a folder without a catalog.
    options.flowglass = os.path.abspath(options.flowglass)
    if not os.access(options.flowglass, os.X_OK):
        sys.exit(f"fleet: there is no {options.flowglass}: build it, or name it with --flowglass")

    folder = tempfile.mkdtemp(prefix="flowglass-fleet-")
    failed = 0
    try:
        with Processes(folder) as processes:
            environment, waits = os.environ.copy(), []
            for broker in (brokers.rabbitmq, brokers.redis, brokers.aws, brokers.kafka):
                settings, wait = broker(processes)
                environment |= settings
                waits.append(wait)
            for wait in waits:
                wait()
            for transport in [options.transport] if options.transport else sorted(PROTOCOLS):
                failed += not run(processes, transport, options, environment)
    except (TimeoutError, RuntimeError) as failure:
        print(f"fleet: {failure}\n       logs are in {folder}", file=sys.stderr)
        sys.exit(3)
    if options.keep:
        print(f"journals, logs and stores are in {folder}")
    elif not failed:
        shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


def run(processes, transport, options, environment):
    """One fleet against one collector; whether its edges are what happened."""
    began = time.monotonic()
    folder = f"{processes.folder}/{transport}"
    os.makedirs(folder)
    store = f"{folder}/spans.db"
    collector, endpoint = start_collector(processes, transport, options.flowglass, store)
    # Everything that a broker keeps is named anew for each run.
    environment = environment | {
        "FLEET_FOLDER": folder, "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL": PROTOCOLS[transport], "FLEET_RUN": transport,
    }
    services = [
        (scenario, service)
        for scenario in options.only or SCENARIOS
        for service in importlib.import_module(f"fleet.services.{scenario}").SERVICES
    ]
    for scenario in options.only or SCENARIOS:
        module = importlib.import_module(f"fleet.services.{scenario}")
        if hasattr(module, "prepare"):
            environment |= module.prepare(environment) or {}
    journals = work(processes, folder, services, environment)
    status = processes.end(collector)
    if status != 0:
        raise RuntimeError(f"the collector ended with {status}: {tail(collector.log)}")

    journal = sorted((event for path in journals for event in events(path)), key=lambda event: event["time"])
    edges = json.loads(subprocess.run(
        [options.flowglass, "edges", "--json", "--store", store], cwd=folder, check=True,
        capture_output=True, text=True).stdout)
    with open(f"{folder}/edges.json", "w", encoding="utf-8") as file:
        json.dump(edges, file, ensure_ascii=False, indent=1)
    differences = truth.differences(journal, edges)
    seconds = time.monotonic() - began
    print(
        f"{'FAIL' if differences else 'ok  '} {PROTOCOLS[transport]}: {len(services)} services, "
        f"{len(truth.expected(journal))} edges, {sum(event['event'] != 'ready' for event in journal)} journalled events, "
        f"{seconds:.0f} s", *differences, sep="\n       ", flush=True)
    for sentence, times in sorted(truth.unknowable(journal).items()):
        print(f"     no span can show ({times}): {sentence}", flush=True)
    return not differences


def start_collector(processes, transport, flowglass, store):
    """Listens on a free port for one transport only; gives the process and its endpoint."""
    place = f"127.0.0.1:{free_port()}"
    other = {"grpc": "--http", "http": "--grpc"}[transport]
    process = processes.start(
        f"collector-{transport}",
        [flowglass, "collect", f"--{transport}", place, other, "off", "--store", store], os.environ | {"SWIFT_BACKTRACE": "enable=no"},
        folder=os.path.dirname(store))
    wait_until(lambda: re.search("waiting for spans", tail(process.log)), "the collector's start", 20)
    return process, f"http://{place}"


def work(processes, folder, services, environment):
    """Runs the services in their phases to their end; gives the journals' paths."""
    begun = {}

    def begin(phase):
        for scenario, service in services:
            if service.phase != phase:
                continue
            name = f"{environment['FLEET_RUN']}-{scenario}-{service.function}"
            journal = f"{folder}/{scenario}-{service.function}.jsonl"
            process = processes.start(
                name, [sys.executable, "-m", "fleet.service", scenario, service.function],
                environment | {"OTEL_SERVICE_NAME": service.name, "FLEET_JOURNAL": journal})
            begun[journal] = (process, phase)

    def check():
        for process, _ in begun.values():
            if process.poll():
                raise RuntimeError(f"{process.name} ended with {process.returncode}:\n{tail(process.log)}")

    def are_ready():
        check()
        return all(
            any(event["event"] == "ready" for event in events(path))
            for path, (_, phase) in begun.items() if phase == "consume")

    def have_ended(phases):
        check()
        return all(process.poll() == 0 for process, phase in begun.values() if phase in phases)

    begin("consume")
    wait_until(are_ready, "that every consumer is ready", WORK_SECONDS)
    begin("produce")
    wait_until(lambda: have_ended({"produce"}), "the end of the producers", WORK_SECONDS)
    begin("late")
    try:
        wait_until(lambda: have_ended({"consume", "produce", "late"}), "the end of all work", WORK_SECONDS)
    except TimeoutError as failure:
        stuck = [process.name for process, _ in begun.values() if process.poll() is None]
        raise TimeoutError(f"{failure}: {', '.join(stuck)}") from None
    for process, _ in begun.values():
        processes.end(process)
    return list(begun)


if __name__ == "__main__":
    main()
