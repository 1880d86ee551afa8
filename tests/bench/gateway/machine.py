"""The machine that the benchmark runs on: its processors, its free ports, its limits."""

import contextlib
import os
import platform
import resource
import socket


def split_processors():
    """(for the gateways, for upstream and load); both None on a machine with one processor."""
    available = sorted(os.sched_getaffinity(0))
    return (available[0], available[1]) if len(available) > 1 else (None, None)


def pin(processor):
    """Ties this process, and what it starts from now on, to a processor."""
    if processor is not None:
        os.sched_setaffinity(0, {processor})


def allow_many_files(wanted=8192):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


def free_ports(count):
    """Ports that were free on loopback a moment ago, all different."""
    with contextlib.ExitStack() as sockets:
        ports = []
        while len(ports) < count:
            probe = sockets.enter_context(socket.socket())
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
        return ports


def free_port():
    return free_ports(1)[0]


def describe():
    model = "unknown processor"
    with contextlib.suppress(OSError), open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return f"{len(os.sched_getaffinity(0))} × {model}, Linux {platform.release()}"


def load_average():
    return os.getloadavg()[0]
