"""Redis: Pub/Sub and a stream. The stock instrumentation shows neither the channel nor the subscriber."""
import os

from . import Service

PRICES = 6
NO_CHANNEL = "redis spans hide the arguments, so that no channel is named"
NO_SPAN = "a subscriber makes no span"

SERVICES = [
    Service("price-board", "board"),
    Service("시세-서비스", "price", "produce"),
]


def instrument():
    from opentelemetry.instrumentation.redis import RedisInstrumentor

    RedisInstrumentor().instrument()


def client():
    import redis

    return redis.Redis(host="127.0.0.1", port=int(os.environ["REDIS_PORT"]), decode_responses=True)


def name(channel):
    return f"{os.environ['FLEET_RUN']}:{channel}"


def price(journal):
    connection = client()
    for number in range(PRICES):
        connection.publish(name("시세"), number)
        journal.published(name("시세"), unseen=NO_CHANNEL)
        connection.xadd(name("시세-기록"), {"number": number})
        journal.published(name("시세-기록"), unseen=NO_CHANNEL)


def board(journal):
    connection = client()
    connection.xgroup_create(name("시세-기록"), "board", id="0", mkstream=True)
    subscription = connection.pubsub(ignore_subscribe_messages=True)
    subscription.subscribe(name("시세"))
    subscription.get_message(timeout=5)
    journal.ready()
    heard = 0
    while heard < PRICES:
        message = subscription.get_message(timeout=1)
        if message:
            heard += 1
            journal.handled(name("시세"), heard, unseen=NO_SPAN)
    read = 0
    while read < PRICES:
        for _, entries in connection.xreadgroup("board", "one", {name("시세-기록"): ">"}, count=4, block=1_000) or []:
            for entry, _ in entries:
                read += 1
                journal.handled(name("시세-기록"), entry, unseen=NO_CHANNEL)
                connection.xack(name("시세-기록"), "board", entry)
