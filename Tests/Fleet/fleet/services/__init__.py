"""The scenarios, in the order in which they are begun.

A scenario is a module with `SERVICES`, a list of `Service`; `instrument()`, which turns stock instrumentations on; and a
function for each service, which is given the journal and returns when its work is done.
"""
from dataclasses import dataclass

SCENARIOS = ["calls", "kafka_aio", "kafka_confluent", "rabbit_aio", "rabbit_pika", "redis_channels", "sns_sqs"]


@dataclass(frozen=True)
class Service:
    name: str
    """`service.name`."""
    function: str
    phase: str = "consume"
    """`consume`: begun first, says when it is ready. `produce`: begun when all of them are. `late`: begun when every
    producer has ended."""
