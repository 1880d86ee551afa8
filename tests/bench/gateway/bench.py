"""`./dev bench gateway`: Quaygate beside other gateways, everything on loopback.

Run from the repository's root. Starts an upstream and the contestants, measures in rounds that
alternate between them, prints one table and writes it to build/bench/gateway.md.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile

import contestants
import machine
import memory
import report
import single
import streaming
import throughput
from processes import ProcessFailed
from running import Running, RunningDirect
from settings import Settings
from upstream import Certificates, Upstream

OUT = "build/bench"
PROGRAMS = "build/release/tests/bench/gateway"
FIGURES = [throughput.throughput, throughput.latency, throughput.beside_idle, streaming.stream_cpu,
           memory.memory, single.first_answer, single.big_bodies]


class OutOfTime(Exception):
    pass


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


class Bench:
    """What a figure needs: the contestants that run, a folder, the settings."""

    def __init__(self, options, settings, folder, stack):
        self.settings = settings
        self.folder = folder
        self.http2 = options.http2
        self.stream_load = f"{PROGRAMS}/bench_stream_load"
        self.remarks = []
        self.left_out = dict(contestants.UNAVAILABLE)
        self.machine = machine.describe()
        self.load_before = machine.load_average()
        self.gateway_processor, processor = machine.split_processors()
        self.pinned = processor is not None
        machine.pin(processor)

        certificates = Certificates(f"{OUT}/tls")
        self.authority = os.path.abspath(certificates.authority)
        self.upstream = Upstream(folder, certificates, f"{PROGRAMS}/bench_stream_source",
                                 options.http2)
        self.upstream.start(stack)
        self.gateways, self.versions, self.running = {}, {}, []
        for kind in contestants.ALL:
            self._add(kind, options.without, stack)

    def _add(self, kind, without, stack):
        gateway = kind(self.folder, self.upstream, self.settings.deployments)
        reason = "it was not wanted" if kind.name.lower() in without else gateway.missing()
        if reason:
            self.left_out[kind.name] = reason
            return
        say(f"starting {kind.name}")
        try:
            running = (RunningDirect(gateway) if kind is contestants.Direct
                       else Running(gateway, self.gateway_processor))
        except ProcessFailed as failure:
            say(str(failure))
            self.left_out[kind.name] = "it failed: " + " ".join(str(failure).split())[:200]
            return
        self.running.append(stack.enter_context(running))
        self.gateways[kind.name] = gateway
        self.versions[kind.name] = gateway.version()

    def rounds(self, count, what):
        for index in range(count):
            say(f"{what}: round {index + 1} of {count}")
            yield index

    def each(self, action):
        """Does it to every contestant. A peer that fails is out from then on; for those that the
        figures are about, failing is an error."""
        for target in list(self.running):
            try:
                action(target)
            except (ProcessFailed, OSError) as failure:
                if target.name not in contestants.PEERS:
                    raise
                say(str(failure))
                self.running.remove(target)
                self.remarks.append(f"{target.name} gave up on the way: {failure}.")

    def pair_names(self):
        return [name for name in ("nginx", "Quaygate") if name in self.gateways]

    def pair(self):
        return [target for target in self.running if target.name in self.pair_names()]

    def fresh(self, name):
        """Another process of that contestant, as a context."""
        return Running(self.gateways[name], self.gateway_processor)


def measure(bench, figures):
    """The rows of all figures; one that fails is remarked on, and the rest goes on."""
    rows = []
    for figure in figures:
        try:
            rows += figure(bench)
        except (ProcessFailed, OSError, subprocess.SubprocessError) as failure:
            say(str(failure))
            bench.remarks.append(f"Not measured: {figure.__name__.replace('_', ' ')} ({failure}).")
        except OutOfTime:
            bench.remarks.append("The time ran out; the figures after the last row are missing.")
            break
    return rows


def read_options():
    parser = argparse.ArgumentParser(prog="./dev bench gateway", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="under 90 seconds, less exact")
    parser.add_argument("--rounds", type=int, help="rounds of the requests/s and latency figures")
    parser.add_argument("--requests", type=int, help="over how many the growth of memory is taken")
    parser.add_argument("--limit", type=int, help="seconds after which it ends in any case")
    parser.add_argument("--http2", action="store_true", help="the upstream offers HTTP/2 as well")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", type=str.lower,
                        help="leave out portkey or litellm")
    parser.add_argument("--only", action="append", choices=[f.__name__ for f in FIGURES],
                        help="only this figure (may be given more than once)")
    parser.add_argument("--write-docs", action="store_true", help="update docs/performance.md")
    return parser.parse_args()


def settings_of(options):
    settings = Settings.quick() if options.quick else Settings()
    settings.rounds = options.rounds or settings.rounds
    if options.requests:
        settings.slope_requests = options.requests
        settings.limit_seconds += options.requests // 2000  # so many a second at least
    settings.limit_seconds = options.limit or settings.limit_seconds
    return settings


def run(options, settings):
    figures = [f for f in FIGURES if not options.only or f.__name__ in options.only]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="run-", dir=os.path.abspath(OUT)))
        bench = Bench(options, settings, folder, stack)
        rows = measure(bench, figures)
        signal.alarm(0)
        complete = "Quaygate" in bench.versions and not bench.remarks
        return report.table(rows, list(bench.versions)), report.notes(bench), complete


def main():
    options = read_options()
    settings = settings_of(options)

    def out_of_time(*_):
        raise OutOfTime

    signal.signal(signal.SIGALRM, out_of_time)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.alarm(settings.limit_seconds)
    machine.allow_many_files()
    os.makedirs(OUT, exist_ok=True)
    try:
        cells, lines, complete = run(options, settings)
    except OutOfTime:
        say("the time ran out before anything was measured")
        return 1
    except KeyboardInterrupt:
        say("stopped")
        return 130
    print(report.as_text(cells), "", *lines, sep="\n")
    text = report.document(cells, lines)
    with open(f"{OUT}/gateway.md", "w", encoding="utf-8") as file:
        file.write(text)
    if options.write_docs:
        report.replace_section("docs/performance.md", text)
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main())
