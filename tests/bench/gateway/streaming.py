"""What streams cost: CPU for all their events, memory while they are open."""

from load import Streams
from row import Goal, Row
from series import Series


def streams(bench, deployment, target, seconds):
    return Streams(bench.stream_load, target, deployment, bench.settings.streams, seconds,
                   bench.folder)


def stream_cpu(bench):
    settings = bench.settings
    used = {target.name: Series() for target in bench.pair()}
    seconds = settings.stream_events * settings.stream_interval_ms // 1000 + 30
    for _ in bench.rounds(settings.stream_rounds, f"{settings.streams} streams"):
        for target in bench.pair():
            before = target.process.cpu_seconds()
            with streams(bench, settings.stream, target, seconds) as running:
                running.result(settings.stream_events)
            used[target.name].add(target.process.cpu_seconds() - before)
    figure = (f"CPU for {settings.streams} streams × {settings.stream_events} events at "
              f"{settings.stream_interval_ms} ms, s")
    return [Row.compared(figure, used, "nginx", Goal(1.5, 1.1, "×", down=True))]
