"""Kafka by confluent-kafka (librdkafka): three groups, a batch, a redelivery, a late consumer, a duplicate publish."""
import os
import time

from . import Service

ORDERS = 12
PUBLISHED = ORDERS + 1
"""One of the orders is published twice."""

SERVICES = [
    Service("결제-서비스", "payment"),
    Service("알림-서비스", "notification"),
    Service("analytics", "analytics"),
    Service("ledger-writer", "ledger"),
    Service("주문-서비스", "order", "produce"),
    Service("archive", "archive", "late"),
]


def prepare(environment):
    """Makes the first topic. The second is made by its first message: until then its reader is handed errors."""
    import confluent_kafka

    confluent_kafka.Producer({"bootstrap.servers": environment["KAFKA_BOOTSTRAP"]}).list_topics(
        f"{environment['FLEET_RUN']}.order.completed", timeout=20)


def topic(name):
    return f"{os.environ['FLEET_RUN']}.{name}"


def instrument():
    from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor

    ConfluentKafkaInstrumentor().instrument()


def producer():
    import confluent_kafka

    return confluent_kafka.Producer({"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "linger.ms": 5})


def consumer(name, journal):
    import confluent_kafka

    consumer = confluent_kafka.Consumer({
        "bootstrap.servers": os.environ["KAFKA_BOOTSTRAP"], "group.id": os.environ["OTEL_SERVICE_NAME"],
        "auto.offset.reset": "earliest", "session.timeout.ms": 10_000})
    consumer.subscribe([topic(name)])
    journal.ready()
    return consumer


def identity(message):
    return f"{message.topic()}.{message.partition()}.{message.offset()}"


def handle_all(name, journal, deliveries, handle=lambda message: None, redelivered=None):
    """Handles so many deliveries one by one; the one with the number `redelivered` is fetched again after success."""
    import confluent_kafka

    source = consumer(name, journal)
    handled = 0
    while handled < deliveries:
        message = source.poll(0.5)
        if message is None or message.error():
            continue
        handled += 1
        handle(message)
        journal.handled(message.topic(), identity(message))
        if handled == redelivered:
            source.seek(confluent_kafka.TopicPartition(message.topic(), message.partition(), message.offset()))
    source.close()


def order(journal):
    out = producer()
    for number in [*range(ORDERS), 3]:
        out.produce(topic("order.completed"), f"order {number}", key=str(number))
        journal.published(topic("order.completed"))
        out.poll(0)
        time.sleep(0.02)
    out.flush(20)


def payment(journal):
    out = producer()

    def handle(_):
        out.produce(topic("payment.completed"), "paid")
        journal.published(topic("payment.completed"))

    handle_all("order.completed", journal, PUBLISHED + 1, handle, redelivered=5)
    out.flush(20)


def ledger(journal):
    handle_all("payment.completed", journal, PUBLISHED + 1)


def notification(journal):
    handle_all("order.completed", journal, PUBLISHED)


def archive(journal):
    handle_all("order.completed", journal, PUBLISHED)


def analytics(journal):
    """Takes what is there in one batch."""
    source = consumer("order.completed", journal)
    handled = 0
    while handled < PUBLISHED:
        for message in source.consume(num_messages=8, timeout=1):
            if not message.error():
                handled += 1
                journal.handled(message.topic(), identity(message))
    source.close()
