"""Makes resources/prices.json of the wheel of genai-prices: prices.py WHEEL FILE.

Azure's own entries count first; what Azure serves at its maker's price is taken from OpenAI and
Anthropic. Left out is what a price a token cannot tell: models that also charge for pictures,
sounds or letters, and those whose price of the output is not known.
"""

import ast
import datetime
import json
import re
import sys
import zipfile

PROVIDERS = ["azure", "openai", "anthropic"]
# Open weights, which OpenAI does not serve itself: what stands there is a third party's price.
NOT_THE_MAKERS = re.compile(r"^gpt-oss")
DATED = re.compile(r"[-@](\d{4}-\d{2}-\d{2}|20\d{6})$")
KINDS = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "cachedInput",
    "cache_write_mtok": "cacheWrite",
}
BY_MEDIUM = re.compile(r"audio|image|video|mchars|hours")
NAMED_BY_MEDIUM = re.compile(r"audio|image|realtime|tts|transcribe")


def value_of(node):
    """A literal with its constructors as dictionaries, without running it."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        if name == "Decimal":
            return float(value_of(node.args[0]))
        if name == "date":
            return datetime.date(*[value_of(a) for a in node.args])
        return {"class": name, **{k.arg: value_of(k.value) for k in node.keywords}}
    if isinstance(node, ast.List):
        return [value_of(e) for e in node.elts]
    if isinstance(node, ast.Dict):
        return {value_of(k): value_of(v) for k, v in zip(node.keys, node.values)}
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -value_of(node.operand)
    return None


def providers_of(wheel):
    tree = ast.parse(wheel.read("genai_prices/data.py"))
    for statement in tree.body:
        if isinstance(statement, ast.AnnAssign) and statement.target.id == "providers":
            return {p["id"]: p for p in value_of(statement.value)}
    sys.exit("prices.py: the package has no list of providers any more")


def names_of(model):
    """The whole names that the model goes by; of those that begin with a text, that text."""
    names = [model["id"]]

    def add(match):
        if match["class"] == "ClauseOr":
            for part in match["or_"]:
                add(part)
        elif match["class"] == "ClauseEquals":
            names.append(match["equals"])
        elif match["class"] == "ClauseStartsWith":
            names.append(match["starts_with"])

    add(model["match"])
    plain = [name.lower().removesuffix("-latest") for name in names]
    good = [n for n in plain if re.fullmatch(r"[a-z0-9][a-z0-9.\-]*[a-z0-9]", n) and not re.search(r"-20\d\d$", n)]
    return list(dict.fromkeys(good))


def without_needless_dates(entries):
    """A lookup tries a name without its date too, so only a date whose price differs is named."""
    owners = {}
    for entry in entries:
        for name in entry["models"]:
            owners.setdefault(name, entry)
    for entry in entries:
        names = []
        for name in entry["models"]:
            plain = DATED.sub("", name)
            names.append(plain if owners.setdefault(plain, entry) is entry else name)
        entry["models"] = list(dict.fromkeys(names))


def price_today(prices, today):
    """Of several, the last whose date has come; nothing where the time of day decides."""
    if isinstance(prices, dict):
        return prices
    found = None
    for conditional in prices:
        constraint = conditional.get("constraint")
        if constraint is None or (
            constraint["class"] == "StartDateConstraint" and constraint["start_date"] <= today
        ):
            found = conditional["prices"]
        elif constraint["class"] != "StartDateConstraint":
            return None
    return found


def entry_of(model, provider, today):
    price = price_today(model["prices"], today)
    names = [n for n in names_of(model) if provider == "azure" or not NOT_THE_MAKERS.match(n)]
    names = [n for n in names if not NAMED_BY_MEDIUM.search(n)]
    if not price or not names or any(BY_MEDIUM.search(kind) for kind in price):
        return None
    entry, above = {"models": names, "of": provider}, {}
    for kind, name in KINDS.items():
        value = price.get(kind)
        if isinstance(value, dict):
            if len(value["tiers"]) != 1:
                return None
            entry[name] = value["base"]
            above["tokens"] = value["tiers"][0]["start"]
            above[name] = value["tiers"][0]["price"]
        elif value is not None:
            entry[name] = value
    if "input" not in entry:
        return None
    if "output" not in entry:
        if not any("embedding" in name for name in names):
            return None
        entry["output"] = 0
    if above:
        for name in KINDS.values():
            if name in entry:
                above.setdefault(name, entry[name])
        entry["above"] = above
    return entry


def main(path, out):
    today = datetime.date.today()
    wheel = zipfile.ZipFile(path)
    providers = providers_of(wheel)
    seen, entries = set(), []
    for provider in PROVIDERS:
        for model in providers[provider]["models"]:
            entry = entry_of(model, provider, today)
            if not entry:
                continue
            entry["models"] = [n for n in entry["models"] if n not in seen]
            seen.update(entry["models"])
            if entry["models"]:
                entries.append(entry)
    without_needless_dates(entries)
    version = re.search(r"genai_prices-([^-]+)-", path).group(1)
    head = {
        "about": "US dollars a million tokens, as listed for Azure's global deployments. Made by ./dev prices.",
        "date": today.isoformat(),
        "source": f"genai-prices {version}, https://github.com/pydantic/genai-prices",
        "licence": "MIT, Copyright (c) Pydantic Services Inc. 2025 to present",
    }
    with open(out, "w", encoding="utf-8") as file:
        for key, value in head.items():
            file.write(("{" if key == "about" else " ") + f"{json.dumps(key)}: {json.dumps(value)},\n")
        lines = [json.dumps(entry, separators=(", ", ": ")) for entry in entries]
        file.write(' "prices": [\n  ' + ",\n  ".join(lines) + "\n]}\n")
    print(f"{len(entries)} prices for {sum(len(e['models']) for e in entries)} names")


main(*sys.argv[1:])
