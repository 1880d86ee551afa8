"""What is sent: one POST in Azure's shape, as each contestant wants it."""

import json
from dataclasses import dataclass, field

KEY = "bench-key-0123456789abcdef"
API_VERSION = "2025-01-01-preview"


@dataclass(frozen=True)
class Request:
    target: str
    headers: dict = field(default_factory=dict)
    body: bytes = b""

    def raw(self, port, *, close=False):
        """The bytes on the wire."""
        lines = [f"POST {self.target} HTTP/1.1", f"Host: 127.0.0.1:{port}",
                 "Content-Type: application/json", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if close:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def chat_body(deployment, *, stream=False, content="Write a haiku about clouds."):
    """`model` is the deployment: LiteLLM finds its backend by it, the others do not look."""
    body = {"model": deployment, "temperature": 0.7, "max_tokens": 64,
            "messages": [{"role": "system", "content": "You are a helpful assistant."},
                         {"role": "user", "content": content}]}
    if stream:
        body["stream"] = True
    return json.dumps(body).encode()


def azure_path(deployment):
    return f"/openai/deployments/{deployment}/chat/completions?api-version={API_VERSION}"
