"""RabbitMQ by pika: a Korean exchange with two queues, a redelivery, a duplicate publish, a late consumer, and a request
that waits for its reply on a temporary queue.

pika's spans name the exchange, or the routing key on the default exchange, and never the queue.
"""
import os
import time
import uuid

from . import Service

ORDERS = 12
PUBLISHED = ORDERS + 1

SERVICES = [
    Service("정산-서비스", "settlement"),
    Service("coupon", "coupon"),
    Service("재고-서비스", "stock"),
    Service("주문-서비스", "order", "produce"),
    Service("감사-서비스", "audit", "late"),
]


def exchange():
    return f"{os.environ['FLEET_RUN']}.주문.완료"


def stock_queue():
    return f"{os.environ['FLEET_RUN']}.stock.check"


def prepare(environment):
    """Declares what outlives a service: the exchange, and the queue of the consumer that comes late."""
    import pika

    os.environ["FLEET_RUN"] = environment["FLEET_RUN"]
    with pika.BlockingConnection(pika.URLParameters(environment["AMQP_URL"])) as connection:
        channel = connection.channel()
        channel.exchange_declare(exchange(), "fanout")
        for function in ("settlement", "coupon", "audit"):
            channel.queue_declare(queue(function))
            channel.queue_bind(queue(function), exchange())
        channel.queue_declare(stock_queue())


def queue(function):
    return f"{exchange()}.{function}"


def instrument():
    from opentelemetry.instrumentation.pika import PikaInstrumentor

    PikaInstrumentor().instrument()


def connect():
    import pika

    return pika.BlockingConnection(pika.URLParameters(os.environ["AMQP_URL"]))


class Refusal(Exception):
    """A handler's failure, which the consumer answers with a redelivery."""


def handle_all(function, journal, deliveries, handle):
    """Runs a handler for so many deliveries; one that refuses puts its message back."""
    with connect() as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=1)
        tags, done = [], []

        def callback(channel, method, properties, _):
            tags.append(method.delivery_tag)
            done.append(1)
            if len(done) == deliveries:
                channel.stop_consuming()
            handle(channel, method, properties)
            channel.basic_ack(method.delivery_tag)

        channel.basic_consume(function, callback)
        journal.ready()
        while len(done) < deliveries:
            try:
                channel.start_consuming()
            except Refusal:
                channel.basic_nack(tags[-1], requeue=True)


def order(journal):
    import pika

    with connect() as connection:
        channel = connection.channel()
        replies = channel.queue_declare("", exclusive=True).method.queue
        answered = []

        def reply(channel, method, properties, _):
            answered.append(1)
            journal.handled("amq.gen-*", properties.correlation_id)
            channel.basic_ack(method.delivery_tag)

        channel.basic_consume(replies, reply)
        for number in [*range(ORDERS), 3]:
            if number < 4 and number == len(answered):
                channel.basic_publish(
                    "", stock_queue(), b"seat", pika.BasicProperties(reply_to=replies, correlation_id=str(uuid.uuid4())))
                journal.published(stock_queue())
                while len(answered) <= number:
                    connection.process_data_events(time_limit=0.2)
            channel.basic_publish(
                exchange(), "", b"order", pika.BasicProperties(message_id=f"{exchange()}-{number}"))
            journal.published(exchange())
            time.sleep(0.02)


def stock(journal):
    import pika

    def handle(channel, method, properties):
        journal.handled(stock_queue(), properties.correlation_id)
        channel.basic_publish(
            "", properties.reply_to, b"there", pika.BasicProperties(correlation_id=properties.correlation_id))
        journal.published("amq.gen-*")

    handle_all(stock_queue(), journal, 4, handle)


def settlement(journal):
    """Refuses one message once."""
    refused = []

    def handle(_, method, properties):
        fails = properties.message_id.endswith("-6") and not refused
        journal.handled(exchange(), f"{properties.message_id} {method.delivery_tag}", failed=fails)
        if fails:
            refused.append(1)
            raise Refusal("the bank is closed")

    handle_all(queue("settlement"), journal, PUBLISHED + 1, handle)


def coupon(journal):
    handle_all(
        queue("coupon"), journal, PUBLISHED, lambda _, method, __: journal.handled(exchange(), method.delivery_tag))


def audit(journal):
    handle_all(
        queue("audit"), journal, PUBLISHED, lambda _, method, __: journal.handled(exchange(), method.delivery_tag))
