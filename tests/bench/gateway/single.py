"""Single exchanges with a clock: the first after the start, and big ones."""

from contestants import PEERS
from load import timed_exchange
from request import chat_body
from row import Goal, Row
from series import Series
from upstream import DOWNLOAD_BYTES

UPLOAD_BYTES = 10_000_000


def first_answer(bench):
    """From the program's start to its first answer, which takes a TLS connection upstream."""
    times = {name: Series() for name in bench.pair_names()}
    for _ in bench.rounds(bench.settings.start_rounds, "start to first answer"):
        for name, series in times.items():
            with bench.fresh(name) as target:
                series.add(target.first_answer * 1e3)
    for target in bench.running:
        if target.name in PEERS:
            times[target.name] = Series([target.first_answer * 1e3])
    return [Row("from start to first answer, ms", times, goal=Goal(150, 60, "ms", down=True))]


def big_bodies(bench):
    small = chat_body("download")
    large = chat_body("upload", content="a" * UPLOAD_BYTES)
    targets = [target for target in bench.running if target.name == "direct"] + bench.pair()
    up = {target.name: Series() for target in targets}
    down = {target.name: Series() for target in targets}
    authority = bench.authority
    for _ in bench.rounds(bench.settings.big_rounds, "big bodies"):
        for target in targets:
            up[target.name].add(1e3 * timed_exchange(target, "upload", large, 1000, authority))
            down[target.name].add(
                1e3 * timed_exchange(target, "download", small, DOWNLOAD_BYTES, authority))
    goal = Goal(1.5, 1.1, "×", down=True)
    return [Row.compared("10 MB request body, ms", up, "nginx", goal),
            Row.compared("100 MB answer, ms", down, "nginx", goal)]
