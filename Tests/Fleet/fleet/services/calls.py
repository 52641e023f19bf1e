"""Synchronous calls: a client over REST, a gateway that asks one service over REST and another over gRPC."""
import os
import threading
from concurrent import futures

from ..processes import free_port
from . import Service

ORDERS = 10

SERVICES = [
    Service("회원-서비스", "member"),
    Service("ledger", "ledger"),
    Service("api-gateway", "gateway"),
    Service("web", "web", "produce"),
]


def prepare(_):
    return {f"{name}_PORT": str(free_port()) for name in ("MEMBER", "LEDGER", "GATEWAY")}


def instrument():
    from opentelemetry.instrumentation.flask import FlaskInstrumentor
    from opentelemetry.instrumentation.grpc import GrpcInstrumentorClient, GrpcInstrumentorServer
    from opentelemetry.instrumentation.requests import RequestsInstrumentor

    for instrumentor in (FlaskInstrumentor, GrpcInstrumentorClient, GrpcInstrumentorServer, RequestsInstrumentor):
        instrumentor().instrument()


def serve(port, route, answer, calls, journal):
    """Serves one route with Flask until so many calls were answered."""
    import flask
    from werkzeug.serving import make_server

    app = flask.Flask("fleet")
    served = threading.Semaphore(0)

    def view(**arguments):
        try:
            return answer(**arguments)
        finally:
            served.release()

    app.add_url_rule(route, "view", view, methods=["GET", "POST"])
    server = make_server("127.0.0.1", int(port), app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    journal.ready()
    for _ in range(calls):
        served.acquire()
    server.shutdown()


def member(journal):
    serve(os.environ["MEMBER_PORT"], "/members/<int:number>", lambda number: {"name": "김민수"}, ORDERS, journal)


def ledger(journal):
    import grpc

    booked = threading.Semaphore(0)

    def book(request, _):
        booked.release()
        return request

    server = grpc.server(futures.ThreadPoolExecutor(2))
    server.add_generic_rpc_handlers([
        grpc.method_handlers_generic_handler("fleet.Ledger", {"Book": grpc.unary_unary_rpc_method_handler(book)})])
    server.add_insecure_port(f"127.0.0.1:{os.environ['LEDGER_PORT']}")
    server.start()
    journal.ready()
    for _ in range(ORDERS):
        booked.acquire()
    server.stop(2).wait()


def gateway(journal):
    import grpc
    import requests

    channel = grpc.insecure_channel(f"127.0.0.1:{os.environ['LEDGER_PORT']}")
    book = channel.unary_unary("/fleet.Ledger/Book")

    def order(number):
        requests.get(f"http://127.0.0.1:{os.environ['MEMBER_PORT']}/members/{number}", timeout=20).raise_for_status()
        journal.called("회원-서비스")
        book(b"order", timeout=20)
        journal.called("ledger")
        return {"order": number}

    serve(os.environ["GATEWAY_PORT"], "/orders/<int:number>", order, ORDERS, journal)
    channel.close()


def web(journal):
    import requests

    for number in range(ORDERS):
        requests.post(f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}/orders/{number}", timeout=20).raise_for_status()
        journal.called("api-gateway")
