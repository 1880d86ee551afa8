"""Processes that the benchmark starts: pinned, measured, and gone when it is over."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time

PR_SET_PDEATHSIG = 1
TICKS = os.sysconf("SC_CLK_TCK")
LIBC = ctypes.CDLL(None, use_errno=True)


class ProcessFailed(Exception):
    """A sentence about a process that did not do what it should."""


def stat_fields(pid):
    """What follows the name in /proc/PID/stat, which starts with field 3; None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


def with_descendants(pid):
    children = {}
    for entry in os.listdir("/proc"):
        fields = stat_fields(entry) if entry.isdigit() else None
        if fields:
            children.setdefault(int(fields[1]), []).append(int(entry))
    found, waiting = [], [pid]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += children.get(current, [])
    return found


class Process:
    """A child in a session of its own. Use it as a context: leaving it ends the whole session."""

    def __init__(self, arguments, *, log, processor=None, environment=None, stdin=None, stdout=None):
        def prepare():
            # Even when this program is killed, nothing of it stays.
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if processor is not None:
                os.sched_setaffinity(0, {processor})

        self.log = log
        with open(log, "ab") as output:
            self.child = subprocess.Popen(
                arguments, stdin=stdin or subprocess.DEVNULL, stdout=stdout or output,
                stderr=output, env=environment, start_new_session=True, preexec_fn=prepare)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def alive(self):
        return self.child.poll() is None

    def cpu_seconds(self):
        """User and system time of the process and of all that it started."""
        ticks = 0
        for pid in with_descendants(self.child.pid):
            fields = stat_fields(pid)
            if fields:
                ticks += sum(int(field) for field in fields[11:15])
        return ticks / TICKS

    def resident_bytes(self):
        total = 0
        for pid in with_descendants(self.child.pid):
            with contextlib.suppress(OSError), open(f"/proc/{pid}/status", encoding="utf-8") as file:
                for line in file:
                    if line.startswith("VmRSS:"):
                        total += int(line.split()[1]) * 1024
        return total

    def last_words(self, size=400):
        with open(self.log, "rb") as file:
            return file.read()[-size:].decode(errors="replace").strip()

    def stop(self, patience=3.0):
        """Politely, then by force."""
        self.signal(signal.SIGTERM)
        deadline = time.monotonic() + patience
        while self.alive and time.monotonic() < deadline:
            time.sleep(0.01)
        self.signal(signal.SIGKILL)
        self.child.wait()
        if self.child.stdout:
            self.child.stdout.close()

    def signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, number)
