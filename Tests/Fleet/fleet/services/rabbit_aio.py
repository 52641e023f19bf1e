"""RabbitMQ by aio-pika: a topic exchange with two queues, and a redelivery.

The publisher's spans name `exchange,routing key` and the consumer's the exchange; neither names the queue.
"""
import asyncio
import os

from . import Service

BOOKINGS = 10

SERVICES = [
    Service("좌석-배정", "seating"),
    Service("recommendation", "recommendation"),
    Service("예매-서비스", "booking", "produce"),
]


def exchange_name():
    return f"{os.environ['FLEET_RUN']}.booking.events"


def instrument():
    from opentelemetry.instrumentation.aio_pika import AioPikaInstrumentor

    AioPikaInstrumentor().instrument()


async def exchange(connection):
    import aio_pika

    channel = await connection.channel()
    await channel.set_qos(prefetch_count=1)
    return channel, await channel.declare_exchange(exchange_name(), aio_pika.ExchangeType.TOPIC)


def booking(journal):
    import aio_pika

    async def work():
        async with await aio_pika.connect(os.environ["AMQP_URL"]) as connection:
            _, target = await exchange(connection)
            for number in range(BOOKINGS):
                await target.publish(aio_pika.Message(b"booked", message_id=f"booking-{number}"), "booking.made")
                journal.published(exchange_name())

    asyncio.run(work())


def consume(function, journal, deliveries, refused=None):
    """Handles so many deliveries; the message with the id `refused` fails the first time and is put back."""
    import aio_pika

    async def work():
        async with await aio_pika.connect(os.environ["AMQP_URL"]) as connection:
            channel, source = await exchange(connection)
            queue = await channel.declare_queue(f"{exchange_name()}.{function}")
            await queue.bind(source, "booking.*")
            done, handled = asyncio.Event(), []

            async def handle(message):
                async with message.process(requeue=True):
                    handled.append(message.message_id)
                    if len(handled) == deliveries:
                        done.set()
                    fails = message.message_id == refused and handled.count(refused) == 1
                    journal.handled(exchange_name(), message.message_id, failed=fails)
                    if fails:
                        raise RuntimeError("no seat is free")

            await queue.consume(handle)
            journal.ready()
            await done.wait()
            await asyncio.sleep(0.3)

    asyncio.run(work())


def seating(journal):
    consume("seating", journal, BOOKINGS + 1, refused="booking-4")


def recommendation(journal):
    consume("recommendation", journal, BOOKINGS)
