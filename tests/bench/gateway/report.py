"""The table: on a terminal, as Markdown, and in docs/performance.md."""

import re
import time

import machine

BEGIN = "<!-- figures of ./dev bench gateway: begin -->"
END = "<!-- figures of ./dev bench gateway: end -->"
HEADINGS = ["Quaygate's ratio", "at least", "aim", "reached"]


def table(rows, contestants):
    return [["figure", *contestants, *HEADINGS]] + [row.cells(contestants) for row in rows]


def as_text(cells):
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip()
             for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def as_markdown(cells):
    lines = ["| " + " | ".join(line) + " |" for line in cells]
    rule = "|---" + "|---:" * (len(cells[0]) - 2) + "|---|"
    return "\n".join([lines[0], rule, *lines[1:]])


def notes(bench):
    """What a reader of the table must know about this very run."""
    versions = ", ".join(f"{name} {version}" for name, version in bench.versions.items()
                         if name != "direct")
    lines = [f"{time.strftime('%Y-%m-%d')}, {bench.machine}; {versions}.",
             "Medians; in brackets the lowest and the highest round. Ratios are made round by round."]
    if bench.http2:
        lines.append("The upstream also offered HTTP/2.")
    if bench.pinned:
        lines.append("Gateways on one processor, upstream and load on another.")
    else:
        lines.append("One processor for everything: gateways, upstream and load share it.")
    lines.append(f"Load average at the start {bench.load_before:.1f}, at the end "
                 f"{machine.load_average():.1f}.")
    lines += [f"Left out: {name}, because {why}." for name, why in bench.left_out.items()]
    return lines + bench.remarks


def document(cells, lines):
    return as_markdown(cells) + "\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"


def replace_section(path, text):
    """Puts the table between the marks in `path`."""
    with open(path, encoding="utf-8") as file:
        page = file.read()
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if len(pattern.findall(page)) != 1:
        raise ValueError(f"{path} must have one section between {BEGIN} and {END}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(pattern.sub(lambda _: f"{BEGIN}\n{text}{END}", page))
