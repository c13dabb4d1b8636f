"""Counts how often each rule fires on the captured real guides; docs and ``yuece list rules`` show the figures.

    python -m benchmarks.firing_rates [--records FILE] [--write]

The records are judged as a list, with the comparison among them; nothing is fetched, so that the rules on addresses,
files and page faces judge nothing. Exit status 1: a rule fires on more than a fifth and has no note that says why.
"""

import argparse
import hashlib
import sys
from collections import Counter
from pathlib import Path

from crawler.coverage import unseen_fields
from crawler.peers import PeerIndex
from crawler.rules.firing_rates import OFTEN, RATES_FILE, FiringRate, FiringRates
from crawler.rules.rule import judge, rules
from domain.dossier import Dossier
from domain.guide import Guide
from domain.outcome import Outcome
from portals.mapped_list import read_mapped

ROOT = Path(__file__).resolve().parents[1]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
MAPPING = ROOT / "portals" / "mappings" / "gd_2021.toml"
HEAD = """# How often each rule fired on the captured real guides: how many it could judge, how many it accused.
# Made by `python -m benchmarks.firing_rates --write`; a test keeps it true where the records are at hand.
"""


def read_dossiers(records: Path) -> list[Dossier]:
    """Read the records as a crawl would judge them: fields that none has are unseen, and all are compared."""
    guides = list(read_mapped(records, MAPPING))
    unseen = unseen_fields(guides)
    shown: list[Guide] = [guide.without(unseen) for guide in guides]
    with PeerIndex() as index:
        for guide in shown:
            index.add(guide)
        return [Dossier(guide=guide, peers=index.peers_of(guide)) for guide in shown]


def measure_rates(records: Path) -> FiringRates:
    """Judge every record by every rule."""
    judged, fired = Counter[str](), Counter[str]()
    dossiers = read_dossiers(records)
    for dossier in dossiers:
        for rule in rules.all():
            outcome = judge(rule, dossier).outcome
            judged[rule.id] += outcome.counts
            fired[rule.id] += outcome is Outcome.FAIL
    rates = {id: FiringRate(judged=count, fired=fired[id]) for id, count in sorted(judged.items()) if count}
    sha256 = hashlib.sha256(records.read_bytes()).hexdigest()
    return FiringRates(records=records.name, sha256=sha256, guides=len(dossiers), rates=rates)


def write_rates(rates: FiringRates) -> str:
    """Write the file's text."""
    lines = [
        HEAD,
        f'records = "{rates.records}"',
        f'sha256 = "{rates.sha256}"',
        f"guides = {rates.guides}",
        "",
        "[rates]",
    ]
    lines += [f'"{id}" = {{ judged = {rate.judged}, fired = {rate.fired} }}' for id, rate in rates.rates.items()]
    return "\n".join(lines) + "\n"


def print_table(rates: FiringRates) -> list[str]:
    """Print every rule's rate, the busiest first; return the rules that owe a reason."""
    owing = []
    print(f"{rates.guides:,} records of {rates.records}")
    for rule in sorted(rules.all(), key=lambda rule: -rates.rates.get(rule.id, NOTHING).share):
        rate = rates.rates.get(rule.id, NOTHING)
        print(f"{rule.id:36} {rate}" + (f"  {rule.note}" if rule.note else ""))
        if rate.share > OFTEN and not rule.note:
            owing.append(rule.id)
    return owing


NOTHING = FiringRate(judged=0, fired=0)


def main() -> int:
    """Measure, print and, if asked, write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, default=RECORDS)
    parser.add_argument("--write", action="store_true", help=f"write {RATES_FILE.name}")
    options = parser.parse_args()
    if not options.records.exists():
        print(f"the captured records are not at {options.records.name}: nothing to count")
        return 0
    rates = measure_rates(options.records)
    if options.write:
        RATES_FILE.write_text(write_rates(rates), encoding="utf-8")
    owing = print_table(rates)
    if owing:
        print(f"fire on more than {OFTEN:.0%} and have no note: {', '.join(owing)}", file=sys.stderr)
    return 1 if owing else 0


if __name__ == "__main__":
    sys.exit(main())
