"""Kafka by aiokafka: two groups, one of them in batches, a redelivery, and a chain of events."""
import asyncio
import os

from . import Service

SEATS = 12

SERVICES = [
    Service("ticket-service", "ticket"),
    Service("seat-board", "board"),
    Service("mailer", "mailer"),
    Service("좌석-서비스", "seat", "produce"),
]


def topic(name):
    return f"{os.environ['FLEET_RUN']}.{name}"


def instrument():
    from opentelemetry.instrumentation.aiokafka import AIOKafkaInstrumentor

    AIOKafkaInstrumentor().instrument()


def consumer(name):
    import aiokafka

    return aiokafka.AIOKafkaConsumer(
        topic(name), bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"], group_id=os.environ["OTEL_SERVICE_NAME"],
        auto_offset_reset="earliest")


def producer():
    import aiokafka

    return aiokafka.AIOKafkaProducer(bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"])


def identity(message):
    return f"{message.topic}.{message.partition}.{message.offset}"


def seat(journal):
    async def work():
        async with producer() as out:
            for number in range(SEATS):
                await out.send_and_wait(topic("seat.reserved"), b"seat", key=str(number).encode())
                journal.published(topic("seat.reserved"))

    asyncio.run(work())


def ticket(journal):
    import aiokafka

    async def work():
        async with consumer("seat.reserved") as source, producer() as out:
            journal.ready()
            for number in range(SEATS + 1):
                message = await source.getone()
                journal.handled(message.topic, identity(message))
                await out.send_and_wait(topic("ticket.issued"), b"ticket")
                journal.published(topic("ticket.issued"))
                if number == 4:
                    source.seek(aiokafka.TopicPartition(message.topic, message.partition), message.offset)

    asyncio.run(work())


def mailer(journal):
    async def work():
        async with consumer("ticket.issued") as source:
            journal.ready()
            for _ in range(SEATS + 1):
                message = await source.getone()
                journal.handled(message.topic, identity(message))

    asyncio.run(work())


def board(journal):
    async def work():
        async with consumer("seat.reserved") as source:
            journal.ready()
            handled = 0
            while handled < SEATS:
                for messages in (await source.getmany(timeout_ms=500, max_records=6)).values():
                    for message in messages:
                        handled += 1
                        journal.handled(message.topic, identity(message))

    asyncio.run(work())
