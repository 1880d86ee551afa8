"""Requests a second, CPU a request, latency, and what idle connections cost."""

from load import idle_connections, warm_up, wrk
from row import Goal, Row
from series import Series

CLIENTS = 32
# With 1,000 idle connections these stay below the 1,024 that Quaygate and nginx allow by default.
CLIENTS_BESIDE_IDLE = 16


def throughput(bench):
    settings = bench.settings
    bench.each(lambda target: warm_up(target, "chat", CLIENTS, settings.warm_up_for(target),
                                      bench.folder))
    rates = {target.name: Series() for target in bench.running}
    costs = {target.name: Series() for target in bench.running if target.process}

    def measure(target):
        before = target.process.cpu_seconds() if target.process else 0
        load = wrk(target, "chat", CLIENTS, settings.seconds_for(target), bench.folder)
        rates[target.name].add(load.rate)
        if target.process:
            used = target.process.cpu_seconds() - before
            costs[target.name].add(used / load.requests * 1e6)

    for _ in bench.rounds(settings.rounds, f"requests/s, {CLIENTS} clients"):
        bench.each(measure)
    quaygate = rates.get("Quaygate")
    rows = [Row.compared(f"requests/s, {CLIENTS} clients", rates, "nginx", Goal(0.60, 0.90, "×"))]
    for peer, goal in (("Portkey", Goal(20, 35, "×")), ("LiteLLM", Goal(30, 60, "×"))):
        if quaygate and rates.get(peer):
            rows.append(Row(f"… against {peer}", {}, f"× {peer}", quaygate.per(rates[peer]), goal))
    return rows + [Row.compared("CPU a request, µs", costs, "nginx")]


def latency(bench):
    """p50 at one client. What a gateway adds is against no gateway in the same round."""
    settings = bench.settings
    times = {target.name: Series() for target in bench.running}

    def measure(target):
        times[target.name].add(wrk(target, "chat", 1, settings.latency_seconds, bench.folder).p50)

    for _ in bench.rounds(settings.rounds, "latency, one client"):
        bench.each(measure)
    added = {name: series.minus(times["direct"])
             for name, series in times.items() if name != "direct"}
    return [Row("p50 at one client, µs", times),
            Row.compared("added p50 at one client, µs", added, "nginx",
                         Goal(2.0, 1.2, "×", down=True))]


def beside_idle(bench):
    settings = bench.settings
    targets = bench.pair()
    without = {target.name: Series() for target in targets}
    beside = {target.name: Series() for target in targets}
    seconds, clients = settings.wrk_seconds, CLIENTS_BESIDE_IDLE
    for _ in bench.rounds(settings.idle_rounds, "idle connections"):
        for target in targets:
            without[target.name].add(wrk(target, "chat", clients, seconds, bench.folder).rate)
            with idle_connections(target, settings.idle_connections):
                beside[target.name].add(wrk(target, "chat", clients, seconds, bench.folder).rate)
    ratio = beside["Quaygate"].per(without["Quaygate"]) if "Quaygate" in beside else None
    figure = f"requests/s, {clients} clients, {settings.idle_connections:,} idle connections"
    return [Row(figure, beside, "× without", ratio, Goal(0.90, 0.98, "×"))]
