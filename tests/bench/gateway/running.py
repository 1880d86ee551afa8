"""A contestant that runs."""

import time

import load
import machine
from processes import Process, ProcessFailed
from request import chat_body


class Running:
    """Starts a gateway and waits for its first answer. Use it as a context."""

    def __init__(self, gateway, processor):
        self.gateway = gateway
        self.name = gateway.name
        self.tls = gateway.tls
        self.fast = gateway.fast
        self.port = machine.free_port()
        arguments, environment = gateway.launch(self.port)
        start = time.perf_counter()
        self.process = Process(arguments, log=f"{gateway.folder}/log", processor=processor,
                               environment=environment)
        try:
            self._wait_for_answer(start + gateway.start_seconds)
        except BaseException:
            self.process.stop()
            raise
        self.first_answer = time.perf_counter() - start

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stop()

    def raw(self, deployment, *, stream=False, body=None, close=False):
        body = body or chat_body(deployment, stream=stream)
        return self.gateway.request(deployment, body).raw(self.port, close=close)

    def _wait_for_answer(self, deadline):
        pause = min(0.05, self.gateway.start_seconds / 30000)
        while True:
            try:
                status = load.ask(self)
            except ConnectionRefusedError:
                if not self.process.alive or time.perf_counter() > deadline:
                    raise ProcessFailed(f"{self.name} did not start: "
                                        f"{self.process.last_words()}") from None
                time.sleep(pause)
                continue
            if status != 200:
                raise ProcessFailed(f"{self.name} answered its first request with {status}: "
                                    f"{self.process.last_words()}")
            return


class RunningDirect(Running):
    """No process: the upstream itself."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.name = gateway.name
        self.tls = self.fast = True
        self.port = gateway.upstream.tls_port
        self.process = None

    def __exit__(self, *_):
        pass
