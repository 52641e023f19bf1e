"""Real brokers as processes on free ports of 127.0.0.1. Each function gives the environment that clients need."""
import os
import sys

from .processes import accepts, free_port, wait_until


def rabbitmq(processes):
    """RabbitMQ with a port mapper of its own, so that nothing stays behind."""
    mapper, port, distribution = free_port(), free_port(), free_port()
    folder = f"{processes.folder}/rabbitmq"
    os.makedirs(folder, exist_ok=True)
    environment = os.environ | {
        "HOME": folder, "ERL_EPMD_PORT": str(mapper), "ERL_EPMD_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODENAME": "fleet@localhost", "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port), "RABBITMQ_DIST_PORT": str(distribution),
        "RABBITMQ_MNESIA_BASE": folder, "RABBITMQ_LOG_BASE": folder, "RABBITMQ_PID_FILE": f"{folder}/pid",
        "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins", "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        # Two schedulers and no busy waiting: the machine is shared.
        "RABBITMQ_SCHEDULER_BIND_TYPE": "u", "RABBITMQ_IO_THREAD_POOL_SIZE": "4",
    }
    processes.start("epmd", ["epmd", "-port", str(mapper), "-address", "127.0.0.1"], environment)
    processes.start("rabbitmq", ["/usr/lib/rabbitmq/bin/rabbitmq-server"], environment)
    return {"AMQP_URL": f"amqp://guest:guest@127.0.0.1:{port}/%2F"}, lambda: wait_until(
        lambda: accepts(port), "the start of RabbitMQ", 90)


def redis(processes):
    port = free_port()
    processes.start(
        "redis", ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
    return {"REDIS_PORT": str(port)}, lambda: wait_until(lambda: accepts(port), "the start of Redis", 20)


def aws(processes):
    """SNS and SQS as moto serves them."""
    port = free_port()
    processes.start(
        "moto", [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        os.environ | {"MOTO_ALLOW_NONEXISTENT_REGION": "true"})
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_EC2_METADATA_DISABLED": "true",
    }, lambda: wait_until(lambda: accepts(port), "the start of moto", 60)


def kafka(processes):
    """librdkafka's mock cluster, kept by a process that does nothing else."""
    path = f"{processes.folder}/kafka-address"
    processes.start("kafka", [sys.executable, "-m", "fleet.kafka_cluster", path])

    def address():
        try:
            with open(path, encoding="ascii") as file:
                return file.read()
        except FileNotFoundError:
            return None

    return {"KAFKA_BOOTSTRAP": wait_until(address, "the start of the Kafka cluster", 30)}, lambda: None
