"""One line of the table."""

from dataclasses import dataclass, field

from series import Series, number, text


@dataclass(frozen=True)
class Goal:
    """Median to reach; `down` if less is better."""

    least: float
    aim: float
    unit: str
    down: bool = False

    def verdict(self, value):
        def reached(bound):
            return value <= bound if self.down else value >= bound

        if reached(self.aim):
            return "aim"
        return "least" if reached(self.least) else "missed"


@dataclass
class Row:
    figure: str
    values: dict = field(default_factory=dict)  # contestant → Series
    against: str = ""  # what `ratio` is against
    ratio: Series = None
    goal: Goal = None

    @classmethod
    def compared(cls, figure, values, other, goal=None):
        """Quaygate's values against those of `other`, round by round."""
        mine, theirs = values.get("Quaygate"), values.get(other)
        ratio = mine.per(theirs) if mine and theirs else None
        return cls(figure, values, f"× {other}", ratio, goal)

    def cells(self, contestants):
        values = [text(self.values.get(name)) if self.values.get(name) else "" for name in contestants]
        ratio = f"{text(self.ratio)} {self.against}".strip() if self.ratio else ""
        return [self.figure, *values, ratio, *self._goal_cells()]

    def _goal_cells(self):
        if not self.goal:
            return ["", "", ""]
        judged = self.ratio or self.values.get("Quaygate")
        verdict = self.goal.verdict(judged.median) if judged else "–"
        bounds = [f"{number(bound)} {self.goal.unit}".strip()
                  for bound in (self.goal.least, self.goal.aim)]
        return [*bounds, verdict]
