"""What is done to a gateway: wrk, streams, idle connections, single exchanges with a clock."""

import contextlib
import json
import os
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass

from processes import Process, ProcessFailed

HERE = os.path.dirname(os.path.abspath(__file__))


class NoAnswer(ProcessFailed):
    """Not one request was finished."""


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int

    @property
    def rate(self):
        return self.requests / self.seconds


def wrk(target, deployment, connections, seconds, folder):
    """wrk with one thread for so many seconds. `target` is a running contestant."""
    request_file = f"{folder}/request-{target.name}"
    with open(request_file, "wb") as file:
        file.write(target.raw(deployment))
    scheme = "https" if target.tls else "http"
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s",
         f"{HERE}/post.lua", f"{scheme}://127.0.0.1:{target.port}/", "--", request_file],
        capture_output=True, text=True, timeout=seconds + 60, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        raise ProcessFailed(f"wrk failed against {target.name}: {done.stdout}{done.stderr}")
    load = Load(**json.loads(lines[-1]))
    if load.requests == 0:
        raise NoAnswer(f"{target.name} finished no request within {seconds} s")
    if load.errors > load.requests // 1000:
        raise ProcessFailed(f"{target.name} made {load.errors} errors in {load.requests} requests")
    return load


def warm_up(target, deployment, connections, seconds, folder):
    """The same before anything is measured; a slow gateway may still be loading its libraries."""
    with contextlib.suppress(NoAnswer):
        wrk(target, deployment, connections, seconds, folder)


class Streams:
    """Many streams at once against a running contestant."""

    def __init__(self, program, target, deployment, count, seconds, folder):
        self.count = count
        self.seconds = seconds
        request_file = f"{folder}/stream-request-{target.name}"
        with open(request_file, "wb") as file:
            file.write(target.raw(deployment, stream=True))
        with open(request_file, "rb") as request:
            self.process = Process([program, str(target.port), str(count), str(seconds)],
                                   log=f"{folder}/stream_load.log", stdin=request,
                                   stdout=subprocess.PIPE)
        self.name = target.name

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stop()

    def wait_until_open(self):
        line = self.process.child.stdout.readline()
        if line != b"open\n":
            raise ProcessFailed(f"not all of {self.count} streams came from {self.name}: {line}")

    def result(self, events):
        """The JSON line of stream_load; every stream must have brought all its events."""
        self.wait_until_open()
        result = json.loads(self.process.child.stdout.readline())
        if result["complete"] != self.count or result["events"] != self.count * events:
            raise ProcessFailed(f"{self.name} lost events within {self.seconds} s: {result}")
        return result


def read_answer(connection):
    """Reads one answer with a Content-Length or in chunks; returns the status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += received(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    lower = head.lower()
    if b"\r\ntransfer-encoding: chunked" in lower:
        while not body.endswith(b"\r\n0\r\n\r\n"):
            body += received(connection)
    else:
        length = int(lower.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += received(connection)
    return int(head.split(None, 2)[1])


def received(connection):
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("the connection was closed in the middle of an answer")
    return data


def ask(target, deployment="chat", seconds=30):
    """One exchange on a connection of its own; returns the status."""
    with socket.create_connection(("127.0.0.1", target.port), timeout=seconds) as connection:
        connection.sendall(target.raw(deployment))
        return read_answer(connection)


@contextlib.contextmanager
def idle_connections(target, count):
    """Connections that have brought one answer each and stay open."""
    with contextlib.ExitStack() as stack:
        request = target.raw("chat")
        for _ in range(count):
            connection = stack.enter_context(
                socket.create_connection(("127.0.0.1", target.port), timeout=10))
            connection.sendall(request)
            status = read_answer(connection)
            if status != 200:
                raise ProcessFailed(f"{target.name} answered {status} on an idle connection")
        yield


def timed_exchange(target, deployment, body, least_bytes, authority):
    """Seconds from before connecting to the end of the answer, which must be 200 and that long."""
    request = target.raw(deployment, body=body, close=True)
    buffer = bytearray(1 << 20)
    start = time.perf_counter()
    with socket.create_connection(("127.0.0.1", target.port), timeout=60) as connection:
        if target.tls:
            context = ssl.create_default_context(cafile=authority)
            connection = context.wrap_socket(connection, server_hostname="localhost")
        connection.sendall(request)
        size = connection.recv_into(buffer)
        status = bytes(buffer[:12])
        while got := connection.recv_into(buffer):
            size += got
    took = time.perf_counter() - start
    if status != b"HTTP/1.1 200" or size < least_bytes:
        raise ProcessFailed(f"{target.name} answered {deployment} with {status} and {size} bytes")
    return took
