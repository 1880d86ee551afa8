"""The two programs under test, `quaygate simulate` and `quaygate serve`, set up as ../setup.json
or another file beside it says."""

import hashlib
import json
import os
import re
import secrets
import shutil
import selectors
import signal
import socket
import socketserver
import subprocess
import tempfile
import threading
from pathlib import Path
from urllib.parse import urlsplit

START_TIME = 20
STOP_TIME = 10
HANG_UP_TIME = 5

# What must be found nowhere: the key of the upstream and the key that the clients send.
UPSTREAM_KEY = f"canary-upstream-{secrets.token_hex(12)}"
CLIENT_KEY = f"canary-client-{secrets.token_hex(12)}"


class Program:
    """A program that runs until it is told to stop; all it prints is kept."""

    def __init__(self, arguments, environment):
        self.name = f"quaygate {arguments[0]}"
        self.output = ""
        self._changed = threading.Condition()
        self._ended = False
        self._process = subprocess.Popen(
            [os.environ["QUAYGATE"], *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._changed:
                self.output += line
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def printed(self, pattern):
        """The first match of `pattern` in what the program has printed or will print."""

        def found():
            return re.search(pattern, self.output, re.MULTILINE)

        with self._changed:
            self._changed.wait_for(lambda: found() or self._ended, START_TIME)
            if match := found():
                return match
            raise AssertionError(f"{self.name} did not say {pattern}:\n{self.output}")

    def stop(self):
        """Ends the program the way a service manager does; its exit code."""
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(STOP_TIME)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join(STOP_TIME)
        self._process.stdout.close()
        return code


class Tap(socketserver.ThreadingTCPServer):
    """Stands between gateway and simulator, passes all bytes, and sees when the gateway hangs up."""

    daemon_threads = True

    def __init__(self, target_url):
        target = urlsplit(target_url)
        self._target = (target.hostname, target.port)
        self._changed = threading.Condition()
        self._open = 0
        super().__init__(("127.0.0.1", 0), None)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        self._count(1)
        try:
            with socket.create_connection(self._target) as simulator:
                self._pass(request, simulator)
        except ConnectionError:
            pass  # a reset is one way to hang up
        finally:
            self._count(-1)

    @staticmethod
    def _pass(gateway, simulator):
        with selectors.DefaultSelector() as selector:
            selector.register(gateway, selectors.EVENT_READ, simulator)
            selector.register(simulator, selectors.EVENT_READ, gateway)
            while True:
                for key, _ in selector.select():
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    key.data.sendall(data)

    def _count(self, change):
        with self._changed:
            self._open += change
            self._changed.notify_all()

    @property
    def open(self):
        with self._changed:
            return self._open

    def all_closed(self):
        """True once the gateway keeps no connection; false if it does not let go."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, HANG_UP_TIME)

    def stop(self):
        self.shutdown()
        self.server_close()


class System:
    """Both programs, running; `url` is the gateway's, `client_keys` what `quaygate client-key` made."""

    def __init__(self, setup_file="setup.json"):
        self.folder = Path(tempfile.mkdtemp(prefix="quaygate-clients-"))
        environment = {
            **os.environ,
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_DATA_HOME": str(self.folder / "data"),
            "QT_QPA_PLATFORM": "offscreen",
            "QUAYGATE_TEST_KEY": UPSTREAM_KEY,
            "QUAYGATE_TEST_WRONG_KEY": f"{UPSTREAM_KEY}-wrong",
        }
        setup = json.loads(
            (Path(os.environ["QUAYGATE_SETUPS"]) / setup_file).read_text(encoding="utf-8")
        )
        arguments = ["simulate", "--port", "0", "--key-env", "QUAYGATE_TEST_KEY"]
        for deployment in setup["deployments"]:
            arguments += ["--deployment", deployment]
        self.simulator = Program(arguments, environment)
        simulator_url = self.simulator.printed(r"^simulator listening on (http://\S+)$")[1]

        config_file = self.folder / "config.json"
        config_file.touch(mode=0o600)
        self.tap = Tap(simulator_url)
        config = (
            json.dumps(setup["config"], indent=2)
            .replace("SIMULATOR", simulator_url)
            .replace("TAP", self.tap.url)
            .replace("CLIENT_KEY_HASH", f"sha256:{hashlib.sha256(CLIENT_KEY.encode()).hexdigest()}")
        )
        config_file.write_text(config)
        self.client_keys = {
            name: self._new_key(["add", name, *more, "--config", str(config_file)], environment)
            for name, more in setup.get("clientKeys", {}).items()
        }
        self.gateway = Program(
            ["serve", "--config", str(config_file), "--port", "0"], environment
        )
        self.url = self.gateway.printed(r"^listening on (http://\S+)$")[1]

    @staticmethod
    def _new_key(arguments, environment):
        made = subprocess.run(
            [os.environ["QUAYGATE"], "client-key", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=START_TIME,
        )
        if made.returncode != 0:
            raise AssertionError(f"quaygate client-key failed: {made.stderr}")
        return made.stdout.removesuffix("\n")

    def files(self):
        """Every file that the programs could have written, as (path, text)."""
        for file in self.folder.rglob("*"):
            if file.is_file():
                yield str(file), file.read_text(encoding="latin-1")

    def remove_folder(self):
        shutil.rmtree(self.folder)
