"""Resident memory of fresh processes: at rest, with streams open, over many requests."""

import time

from load import wrk
from row import Goal, Row
from series import Series
from streaming import streams
from throughput import CLIENTS

SETTLE_SECONDS = 1.0
SAMPLES = 10


def memory(bench):
    rest, stream = {}, {}
    slope = None
    for _ in bench.rounds(1, "memory"):
        for name in bench.pair_names():
            with bench.fresh(name) as target:
                time.sleep(SETTLE_SECONDS)
                rest[name] = Series([target.process.resident_bytes() / 1e6])
                stream[name] = Series([bytes_a_stream(bench, target) / 1024])
        if "Quaygate" in bench.pair_names():
            with bench.fresh("Quaygate") as target:
                slope = bytes_a_request(bench, target)
    rows = [Row("memory at rest, MB", rest, goal=Goal(40, 25, "MB", down=True)),
            Row(f"memory an open stream ({bench.settings.streams} open), KiB", stream,
                goal=Goal(32, 12, "KiB", down=True))]
    if slope is not None:
        rows.append(Row(f"memory growth over {bench.settings.slope_requests:,} requests, "
                        "bytes a request", {"Quaygate": slope}, goal=Goal(1, 1, "", down=True)))
    return rows


def bytes_a_stream(bench, target):
    before = target.process.resident_bytes()
    with streams(bench, bench.settings.long_stream, target, 60) as running:
        running.wait_until_open()
        time.sleep(SETTLE_SECONDS)
        return (target.process.resident_bytes() - before) / bench.settings.streams


def bytes_a_request(bench, target):
    """The slope of a line through the samples of the second half; in the first, pools fill."""
    share = bench.settings.slope_requests / SAMPLES
    done, points = 0, []
    while done < bench.settings.slope_requests:
        chunk = 0
        while chunk < share:
            chunk += wrk(target, "chat", CLIENTS, 1, bench.folder).requests
        done += chunk
        points.append((done, target.process.resident_bytes()))
    return Series([slope_of(points[len(points) // 2:])])


def slope_of(points):
    """By least squares."""
    count = len(points)
    mean_x = sum(x for x, _ in points) / count
    mean_y = sum(y for _, y in points) / count
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if spread == 0:
        return 0.0
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
