"""What a service really did, one JSON line an event; the truth that edges are compared with."""
import json
import os
import time


class Journal:
    """Appends to the service's own file. Each line is written at once, so that a killed service loses nothing."""

    def __init__(self, path=None, service=None):
        self.path = path or os.environ["FLEET_JOURNAL"]
        self.service = service or os.environ["OTEL_SERVICE_NAME"]

    def _write(self, **event):
        event["time"] = time.time()
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(event, ensure_ascii=False) + "\n")

    def ready(self):
        self._write(event="ready")

    def published(self, channel, unseen=None):
        """One message went out; `unseen` says why no span can show it."""
        self._write(event="published", service=self.service, channel=channel, unseen=unseen)

    def handled(self, channel, message, *, source=None, failed=False, unjoined=None, unseen=None):
        """One delivery was handled.

        `source` is the channel that it was published to, where that is another one than it was taken from; `unjoined`
        says why its publisher cannot be known from spans.
        """
        self._write(
            event="handled", service=self.service, channel=channel, message=str(message), source=source,
            failed=failed, unjoined=unjoined, unseen=unseen)

    def called(self, service):
        """A synchronous call was answered."""
        self._write(event="called", service=self.service, callee=service)


def events(path):
    """The events that a file holds so far; empty where there is none yet."""
    try:
        with open(path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]
    except FileNotFoundError:
        return []
