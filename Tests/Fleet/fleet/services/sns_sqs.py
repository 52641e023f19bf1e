"""SNS to SQS and SQS alone by boto3: raw and envelope delivery, batches both ways, a redelivery."""
import json
import os

from . import Service

ORDERS = 8
BATCH = 3
REFUNDS = 4
ENVELOPE = "the envelope of SNS keeps the trace context inside the body, where no span shows it"
ONE_SPAN = "one span tells of a whole batch, and not of how many messages are in it"
NEVER_ENDED = "a message that is not deleted leaves its span open for ever"

SERVICES = [
    Service("정산-워커", "settlement"),
    Service("notification-worker", "notification"),
    Service("refund-worker", "refunds"),
    Service("주문-api", "order", "produce"),
]


def named(name):
    return f"{os.environ['FLEET_RUN']}-{name}"


def client(service):
    import boto3

    return boto3.client(service)


def prepare(environment):
    """A topic with a raw and an enveloped subscription, and a queue of its own."""
    os.environ.update({key: environment[key] for key in environment if key.startswith(("AWS_", "FLEET_RUN"))})
    sns, sqs = client("sns"), client("sqs")
    topic = sns.create_topic(Name=named("order-completed"))["TopicArn"]
    for function, is_raw in (("settlement", True), ("notification", False)):
        queue = sqs.create_queue(QueueName=named(f"orders-{function}"))["QueueUrl"]
        address = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=address,
            Attributes={"RawMessageDelivery": "true"} if is_raw else {})
    sqs.create_queue(QueueName=named("refunds"))
    return {"FLEET_TOPIC": topic}


def instrument():
    from opentelemetry.instrumentation.boto3sqs import Boto3SQSInstrumentor
    from opentelemetry.instrumentation.botocore import BotocoreInstrumentor

    BotocoreInstrumentor().instrument()
    Boto3SQSInstrumentor().instrument()


def order(journal):
    sns, sqs = client("sns"), client("sqs")
    topic = os.environ["FLEET_TOPIC"]
    for number in range(ORDERS):
        sns.publish(TopicArn=topic, Message=json.dumps({"주문": number}))
        journal.published(named("order-completed"))
    sns.publish_batch(
        TopicArn=topic,
        PublishBatchRequestEntries=[{"Id": str(number), "Message": "batch"} for number in range(BATCH)])
    for number in range(BATCH):
        journal.published(named("order-completed"), unseen=ONE_SPAN if number else None)

    refunds = sqs.get_queue_url(QueueName=named("refunds"))["QueueUrl"]
    for _ in range(REFUNDS):
        sqs.send_message(QueueUrl=refunds, MessageBody="refund")
        journal.published(named("refunds"))
    sqs.send_message_batch(
        QueueUrl=refunds, Entries=[{"Id": str(number), "MessageBody": "refund"} for number in range(BATCH)])
    for _ in range(BATCH):
        journal.published(named("refunds"))


def take_all(name, journal, messages, handle):
    """Takes and deletes so many messages in batches; `handle` says whether a delivery is done."""
    sqs = client("sqs")
    queue = sqs.get_queue_url(QueueName=named(name))["QueueUrl"]
    journal.ready()
    done = 0
    while done < messages:
        batch = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=5, WaitTimeSeconds=1).get("Messages", [])
        for message in batch:
            if handle(message):
                done += 1
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            else:
                sqs.change_message_visibility(
                    QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)


def settlement(journal):
    def handle(message):
        journal.handled(named("orders-settlement"), message["MessageId"], source=named("order-completed"))
        return True

    take_all("orders-settlement", journal, ORDERS + BATCH, handle)


def notification(journal):
    def handle(message):
        journal.handled(
            named("orders-notification"), message["MessageId"], source=named("order-completed"), unjoined=ENVELOPE)
        return True

    take_all("orders-notification", journal, ORDERS + BATCH, handle)


def refunds(journal):
    """Puts one message back once."""
    refused = []

    def handle(message):
        fails = not refused
        refused.append(1)
        journal.handled(
            named("refunds"), message["MessageId"], failed=fails, unseen=NEVER_ENDED if fails else None)
        return not fails

    take_all("refunds", journal, REFUNDS + BATCH, handle)
