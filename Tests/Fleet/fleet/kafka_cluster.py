"""A Kafka cluster for other processes: librdkafka's built-in mock, in a producer that never produces.

Source of the option: librdkafka's CONFIGURATION.md, `test.mock.num.brokers`.
"""
import os
import signal
import sys

import confluent_kafka


def main(path):
    keeper = confluent_kafka.Producer({"test.mock.num.brokers": 1, "log_level": 0})
    brokers = keeper.list_topics(timeout=20).brokers.values()
    with open(path + ".new", "w", encoding="ascii") as file:
        file.write(",".join(f"{broker.host}:{broker.port}" for broker in brokers))
    os.rename(path + ".new", path)
    signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main(sys.argv[1])
