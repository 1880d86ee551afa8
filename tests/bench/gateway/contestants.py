"""The gateways that are compared: how each is configured, started and asked.

A contestant has a `name`, `version()`, `missing()` (why it cannot take part, or nothing),
`launch(port)` (arguments and environment) and `request(deployment, body)`. One may run several times
at once, each on a port of its own.
"""

import json
import os
import shutil
import subprocess

from request import API_VERSION, KEY, Request, azure_path
from upstream import listen_lines, nginx_command


def first_line_of(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return (done.stdout + done.stderr).strip().splitlines()[0]


class Gateway:
    """What the gateways have in common. `folder` is the one to write to."""

    tls = False
    fast = True
    start_seconds = 15

    def __init__(self, folder, upstream, deployments):
        self.folder = f"{folder}/{type(self).__name__.lower()}"
        os.makedirs(self.folder, exist_ok=True)
        self.upstream = upstream
        self.deployments = deployments

    def environment(self, **more):
        """Nothing of the person who runs this: no key, no proxy, no configuration."""
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": self.folder, **more}

    def write(self, name, text):
        path = f"{self.folder}/{name}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def missing(self):
        return None


class Direct(Gateway):
    """No gateway: the client itself speaks TLS and has the key."""

    name = "direct"
    tls = True

    def version(self):
        return "wrk to nginx with TLS"

    def request(self, deployment, body):
        return Request(azure_path(deployment), {"api-key": KEY}, body)


class Nginx(Gateway):
    name = "nginx"

    def version(self):
        return first_line_of(["nginx", "-v"]).rpartition("/")[2]

    def request(self, deployment, body):
        return Request(f"/{deployment}/chat/completions", {}, body)

    def launch(self, port):
        return nginx_command(f"{self.folder}/{port}", self._configuration(port)), self.environment()

    def _configuration(self, port):
        locations = "".join(self._location(deployment) for deployment in self.deployments)
        return f"""
    upstream whole {{ server localhost:{self.upstream.tls_port}; keepalive 512; keepalive_requests 100000000; }}
    upstream paced {{ server 127.0.0.1:{self.upstream.stream_port}; keepalive 512; }}
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header api-key "{KEY}";
    proxy_max_temp_file_size 0;
    proxy_ssl_server_name on;
    proxy_ssl_name localhost;
    proxy_ssl_verify on;
    proxy_ssl_protocols TLSv1.2 TLSv1.3;
    proxy_ssl_trusted_certificate {self.upstream.certificates.authority};
    server {{
{listen_lines(port)}{locations}    }}"""

    @staticmethod
    def _location(deployment):
        paced = deployment.startswith("stream-")
        to = "http://paced" if paced else "https://whole"
        buffering = " proxy_buffering off;" if paced else ""
        return (f"        location = /{deployment}/chat/completions "
                f"{{ proxy_pass {to}{azure_path(deployment)};{buffering} }}\n")


class Quaygate(Gateway):
    name = "Quaygate"
    program = "build/release/app/quaygate"

    def version(self):
        return first_line_of([self.program, "--version"]).split()[-1]

    def missing(self):
        return None if os.path.exists(self.program) else f"{self.program} is not built"

    def request(self, deployment, body):
        return Request(f"/{deployment}/chat/completions", {}, body)

    def launch(self, port):
        file = self.write(f"config-{port}.json", json.dumps(self._configuration(port), indent=2))
        return ([self.program, "serve", "--config", file],
                self.environment(QUAYGATE_BENCH_KEY=KEY, XDG_RUNTIME_DIR=self.folder,
                                 XDG_DATA_HOME=self.folder))

    def _configuration(self, port):
        return {
            "version": 1,
            "gateway": {"address": "127.0.0.1", "port": port, "workers": 1,
                        "limits": {"connections": 4096}},
            "backends": [self._backend(deployment) for deployment in self.deployments],
            "routes": [{"name": deployment, "match": {"pathPrefix": f"/{deployment}"},
                        "backends": [{"name": deployment}]} for deployment in self.deployments]}

    def _backend(self, deployment):
        backend = {"name": deployment, "endpoint": self.upstream.url(deployment),
                   "deploymentName": deployment, "apiVersion": API_VERSION,
                   "auth": {"kind": "env", "name": "QUAYGATE_BENCH_KEY"}}
        if backend["endpoint"].startswith("https:"):
            backend["tls"] = {"caFile": self.upstream.certificates.authority}
        return backend


class Portkey(Gateway):
    name = "Portkey"
    fast = False
    package = "build/bench/node/node_modules/@portkey-ai/gateway"

    def version(self):
        with open(f"{self.package}/package.json", encoding="utf-8") as file:
            return json.load(file)["version"]

    def missing(self):
        if not shutil.which("node"):
            return "there is no node"
        if not os.path.exists(self.package):
            return "@portkey-ai/gateway could not be installed from npm"
        return None

    def request(self, deployment, body):
        return Request("/v1/chat/completions", {
            "Authorization": f"Bearer {KEY}",
            "x-portkey-provider": "azure-openai",
            "x-portkey-custom-host": self.upstream.url(deployment) + "/openai",
            "x-portkey-azure-resource-name": "bench",
            "x-portkey-azure-deployment-id": deployment,
            "x-portkey-azure-api-version": API_VERSION}, body)

    def launch(self, port):
        loopback_only = os.path.join(os.path.dirname(os.path.abspath(__file__)), "loopback_only.cjs")
        return (["node", "--require", loopback_only, f"{self.package}/build/start-server.js",
                 "--headless", f"--port={port}"],
                self.environment(NODE_ENV="production",
                                 NODE_EXTRA_CA_CERTS=self.upstream.certificates.authority))


class LiteLLM(Gateway):
    name = "LiteLLM"
    fast = False
    folder_of_package = "build/bench/python"
    start_seconds = 90
    client_key = "sk-0123456789abcdef0123456789abcdef"  # it does not start without one

    def version(self):
        return first_line_of([f"{self.folder_of_package}/bin/python", "-c",
                              "import importlib.metadata as m; print(m.version('litellm'))"])

    def missing(self):
        if not os.path.exists(f"{self.folder_of_package}/bin/litellm"):
            return "litellm[proxy] could not be installed from PyPI"
        return None

    def request(self, deployment, body):
        return Request("/v1/chat/completions", {"Authorization": f"Bearer {self.client_key}"}, body)

    def launch(self, port):
        file = self.write("config.yaml", json.dumps(self._configuration()))  # JSON is YAML
        return ([f"{self.folder_of_package}/bin/python", f"{self.folder_of_package}/bin/litellm",
                 "--config", file, "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1",
                 "--telemetry", "False"],
                self.environment(LITELLM_MASTER_KEY=self.client_key, LITELLM_LOG="ERROR",
                                 LITELLM_LOCAL_MODEL_COST_MAP="True", PYTHONUNBUFFERED="1",
                                 SSL_CERT_FILE=self.upstream.certificates.authority))

    def _configuration(self):
        return {
            "model_list": [
                {"model_name": deployment,
                 "litellm_params": {"model": f"azure/{deployment}", "api_key": KEY,
                                    "api_base": self.upstream.url(deployment),
                                    "api_version": API_VERSION}}
                for deployment in self.deployments],
            "litellm_settings": {"num_retries": 0, "request_timeout": 120}}


ALL = [Direct, Nginx, Quaygate, Portkey, LiteLLM]
PEERS = [Portkey.name, LiteLLM.name]

# Peers that were looked for and cannot be had at all.
UNAVAILABLE = {"Bifrost": "its Go module is refused by the Go module proxy"}
