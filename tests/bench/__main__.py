"""Measure, print the table beside the last stored run, and store it where that is asked for."""

import argparse
import datetime
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from lessons import ROOT

from bench import page, parts, table

STORED = ROOT / "docs" / "bench.json"


def main() -> int:
    """0, or with --strict 1 where a target is missed or something became slower."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--part", nargs="*", choices=parts.PARTS, help="all but suite if not given")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--store", action="store_true", help="write docs/bench.json and its page")
    parser.add_argument("--strict", action="store_true", help="fail on a missed target")
    given = parser.parse_args()
    rows, about = [], {}
    for name in given.part or parts.USUAL:
        print(f"{name} ...", file=sys.stderr, flush=True)
        about[name] = _circumstances(given.rounds)
        try:
            rows += parts.PARTS[name](given.rounds)
        except parts.Skipped as reason:
            del about[name]
            print(f"{name} is left out: {reason}", file=sys.stderr)
    last = table.read(STORED)[1]
    print(table.render(rows, last))
    found = table.faults(rows, last)
    well = "All targets are met, and nothing became slower." if rows else "Nothing was measured."
    print("\n".join(found) or well)
    if given.store:
        table.store(STORED, about, rows)
        page.write()
    return int(given.strict and bool(found))


def _circumstances(rounds: int) -> dict[str, str]:
    """When, where and with what a part is measured."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        model = next((one.split(": ")[1] for one in lines if one.startswith("model name")), model)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    versions = ", ".join(f"{one} {version(one)}" for one in ("pandas", "matplotlib", "ipykernel"))
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": f"{platform.system()}, {os.cpu_count()} cores, {model}",
        "load": f"{load} processes wanted a core when the part began",
        "versions": f"Python {platform.python_version()}, {versions}",
        "command": f"make bench PART=... ROUNDS={rounds}",
    }


if __name__ == "__main__":
    sys.exit(main())
