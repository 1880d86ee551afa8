"""Values of one figure, a value a round."""

import statistics
from dataclasses import dataclass, field


@dataclass
class Series:
    values: list = field(default_factory=list)

    def add(self, value):
        self.values.append(value)

    @property
    def median(self):
        return statistics.median(self.values)

    def per(self, other):
        """This one's value against the other's, round by round."""
        return Series([mine / theirs for mine, theirs in zip(self.values, other.values) if theirs > 0])

    def minus(self, other):
        return Series([mine - theirs for mine, theirs in zip(self.values, other.values)])

    def __bool__(self):
        return bool(self.values)


def number(value):
    """Three digits that matter, thousands with a comma."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}"


def text(series):
    """The median, and from where to where the rounds went."""
    if not series:
        return "–"
    if len(series.values) == 1:
        return number(series.median)
    return f"{number(series.median)} ({number(min(series.values))}–{number(max(series.values))})"
