"""One service as a process: `python -m fleet.service SCENARIO FUNCTION`."""
import importlib
import sys

from . import telemetry
from .journal import Journal


def main(scenario, function):
    provider = telemetry.set_up()
    module = importlib.import_module(f"fleet.services.{scenario}")
    module.instrument()
    try:
        getattr(module, function)(Journal())
    finally:
        provider.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
