"""The stand-in for Azure: nginx with TLS for whole answers, a paced source for streams."""

import json
import os
import socket
import subprocess
import time

import machine
from processes import Process, ProcessFailed
from request import KEY

DOWNLOAD_BYTES = 100_000_000

HEADERS = {
    "apim-request-id": "1f8f3a36-1b1c-4a53-9c0e-2d5e0a5f7b11",
    "azureml-model-session": "d156-20260101000000",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
    "x-ms-deployment-name": "chat",
    "x-ms-rai-invoked": "true",
    "x-ms-region": "Sweden Central",
    "x-ratelimit-limit-requests": "250",
    "x-ratelimit-limit-tokens": "250000",
    "x-ratelimit-remaining-requests": "249",
    "x-ratelimit-remaining-tokens": "249876",
    "x-request-id": "9a2b0f5e-3f5d-4f0f-8f0a-0b3c8f8f4f21",
}


def completion(content):
    severity = {"filtered": False, "severity": "safe"}
    filters = {name: severity for name in ("hate", "self_harm", "sexual", "violence")}
    usage = {"completion_tokens": 21, "prompt_tokens": 24, "total_tokens": 45,
             "completion_tokens_details": {"accepted_prediction_tokens": 0, "audio_tokens": 0,
                                           "reasoning_tokens": 0, "rejected_prediction_tokens": 0},
             "prompt_tokens_details": {"audio_tokens": 0, "cached_tokens": 0}}
    return json.dumps({
        "choices": [{"content_filter_results": filters, "finish_reason": "stop", "index": 0,
                     "logprobs": None,
                     "message": {"annotations": [], "content": content, "refusal": None,
                                 "role": "assistant"}}],
        "created": 1760000000, "id": "chatcmpl-Bench00000000000000000000000", "object":
        "chat.completion", "model": "gpt-4.1-mini-2025-04-14",
        "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": filters}],
        "system_fingerprint": "fp_178c8d546f", "usage": usage})


HAIKU = "Soft white drifters pass, / whispering across the blue, / rain asleep in them."


class Certificates:
    """An authority of our own and a certificate for localhost, kept in `folder` between runs."""

    def __init__(self, folder):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        folder = os.path.abspath(folder)
        self.authority = f"{folder}/authority.pem"
        self.certificate = f"{folder}/localhost.pem"
        self.key = f"{folder}/localhost.key"
        if not os.path.exists(self.certificate):
            self._make(folder)

    def _make(self, folder):
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"]
        authority_key, request, names = (f"{folder}/{name}" for name in
                                         ("authority.key", "localhost.csr", "names"))
        with open(names, "w", encoding="utf-8") as file:
            file.write("subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1\n")
        for command in (
                ["req", "-x509", *curve, "-keyout", authority_key, "-out", self.authority,
                 "-subj", "/CN=Quaygate benchmark"],
                ["req", *curve[:-2], "-keyout", self.key, "-out", request, "-subj", "/CN=localhost"],
                ["x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", authority_key,
                 "-CAcreateserial", "-days", "3650", "-extfile", names, "-out",
                 self.certificate]):
            subprocess.run(["openssl", *command], check=True, capture_output=True, timeout=30)
        os.remove(authority_key)


def nginx_command(folder, configuration):
    """nginx as one worker that keeps everything it writes in `folder`."""
    os.makedirs(folder, exist_ok=True)
    user = "user root;\n" if os.geteuid() == 0 else ""
    temporary = "".join(f"    {name}_temp_path {folder}/{name};\n" for name in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    path = f"{folder}/nginx.conf"
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"""{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    server_tokens off;
    tcp_nodelay on;
    keepalive_timeout 300s;
    keepalive_requests 100000000;
    client_max_body_size 64m;
    client_body_buffer_size 16m;
{temporary}{configuration}
}}
""")
    return ["nginx", "-e", "stderr", "-p", folder, "-c", path]


def listen_lines(port, options=""):
    lines = f"        listen 127.0.0.1:{port}{options};\n"
    if machine.has_ipv6():
        lines += f"        listen [::1]:{port}{options};\n"
    return lines


def wait_for_port(process, port, seconds=10):
    deadline = time.monotonic() + seconds
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except ConnectionRefusedError:
            if not process.alive or time.monotonic() > deadline:
                raise ProcessFailed(f"an upstream did not start: {process.last_words()}") from None
            time.sleep(0.01)


class Upstream:
    """Answers POSTs to Azure's paths. The deployments: chat (1.2 KB of JSON), upload (the same,
    after the whole request), download (100 MB of JSON), stream-COUNT-MS."""

    def __init__(self, folder, certificates, stream_source, http2):
        self.certificates = certificates
        self.tls_port, self.inner_port, self.stream_port = machine.free_ports(3)
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/download.json", "w", encoding="utf-8") as file:
            file.write(completion("a" * DOWNLOAD_BYTES))
        command = nginx_command(f"{folder}/upstream", self._configuration(folder, http2))
        self._arguments = [
            (command, f"{folder}/upstream.log"),
            ([stream_source, str(self.stream_port)], f"{folder}/stream_source.log")]

    def start(self, stack):
        processes = [stack.enter_context(Process(arguments, log=log))
                     for arguments, log in self._arguments]
        for process, port in zip(processes, (self.tls_port, self.stream_port)):
            wait_for_port(process, port)

    def url(self, deployment):
        if deployment.startswith("stream-"):
            return f"http://127.0.0.1:{self.stream_port}"
        return f"https://localhost:{self.tls_port}"

    def _configuration(self, folder, http2):
        headers = "".join(f'        add_header {name} "{value}";\n' for name, value in HEADERS.items())
        answer = completion(HAIKU)
        tls = self.certificates
        return f"""    default_type application/json;
    map $http_api_key $refused {{ default 1; "{KEY}" 0; }}
    server {{
{listen_lines(self.tls_port, " ssl http2" if http2 else " ssl")}        server_name localhost;
        ssl_certificate {tls.certificate};
        ssl_certificate_key {tls.key};
        ssl_protocols TLSv1.2 TLSv1.3;
{headers}        if ($refused) {{ return 401; }}
        location /openai/deployments/chat/ {{ return 200 '{answer}'; }}
        location /openai/deployments/upload/ {{
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header Connection "";
            proxy_http_version 1.1;
            proxy_pass http://127.0.0.1:{self.inner_port};
        }}
        location /openai/deployments/download/ {{
            error_page 418 =200 /download.json;
            return 418;
        }}
        location = /download.json {{ internal; root {folder}; }}
    }}
    server {{
        listen 127.0.0.1:{self.inner_port};
        location / {{ return 200 '{answer}'; }}
    }}
"""
