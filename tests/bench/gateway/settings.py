"""How much is measured. The times are in seconds."""

from dataclasses import dataclass


@dataclass
class Settings:
    rounds: int = 5
    wrk_seconds: int = 3
    peer_seconds: int = 4  # for gateways that finish a hundred requests where others finish ten thousand
    warm_up_seconds: int = 1
    latency_seconds: int = 2
    idle_connections: int = 1000
    idle_rounds: int = 3
    stream_rounds: int = 3
    streams: int = 300
    stream_events: int = 200
    stream_interval_ms: int = 20
    slope_requests: int = 100_000
    start_rounds: int = 15
    big_rounds: int = 5
    limit_seconds: int = 480

    @classmethod
    def quick(cls):
        return cls(rounds=2, wrk_seconds=1, peer_seconds=3, latency_seconds=1, idle_rounds=1, stream_rounds=1,
                   stream_events=50, slope_requests=10_000, start_rounds=5, big_rounds=2,
                   limit_seconds=90)

    def seconds_for(self, target):
        return self.wrk_seconds if target.fast else self.peer_seconds

    def warm_up_for(self, target):
        """Their just-in-time compilers and lazy imports want as long as a round."""
        return self.warm_up_seconds if target.fast else self.peer_seconds

    @property
    def stream(self):
        """The deployment whose streams are measured."""
        return f"stream-{self.stream_events}-{self.stream_interval_ms}"

    @property
    def long_stream(self):
        """One whose streams stay open while the memory is looked at."""
        return f"stream-3000-{self.stream_interval_ms}"

    @property
    def deployments(self):
        return ["chat", "upload", "download", self.stream, self.long_stream]
