"""
List what the UCDP actor list says of our actors: make vocab/ucdp_governments.yaml and check the ids of vocab/actors.

Run by hand when the list is renewed: ``python tools/list_ucdp_actors.py ../shared/data/geo/ucdp_dev/actors.csv.gz``.
"""

import csv
import gzip
import sys
from pathlib import Path

from wayout.extract.naming.actor_file import read_actor_file
from wayout.extract.naming.countries import read_countries
from wayout.text.names import fold_name

OUT = Path(__file__).resolve().parents[1] / "src" / "wayout" / "vocab" / "ucdp_governments.yaml"
HEAD = """# UCDP ids of governments by ISO 3166-1 alpha-2, made by tools/list_ucdp_actors.py from the UCDP Actor list 22.1.
# source: Davies, Pettersson & Oberg 2022, "Organized violence 1989-2021 and drone warfare", Journal of Peace Research 59/4;
# Uppsala Conflict Data Program. Facts only (id of a named government); citation asked for by UCDP.
governments:
"""
OTHER_NAMES = {
    "CD": "DR Congo (Zaire)",
    "GB": "United Kingdom",
    "US": "United States of America",
    "MM": "Myanmar (Burma)",
}
"""Names UCDP uses where ours differ."""


def main() -> int:
    """Write the governments' ids and print every id of ours beside UCDP's name, for a person to compare."""
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        rows = {row["ActorId"]: row for row in csv.DictReader(file)}
    by_name = {fold_name(r["NameData"].split(" - ")[0]): i for i, r in rows.items()}
    lines = []
    for country in read_countries():
        names = (OTHER_NAMES.get(country.iso2, country.name), country.name, *country.also)
        found = [i for n in names for k, i in by_name.items() if _is_government(k, fold_name(n))]
        if found:
            iso = f'"{country.iso2}"' if country.iso2 == "NO" else country.iso2
            lines.append(f"  {iso}: {found[0]}")
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    for actor in read_actor_file().actors:
        for scheme, value in actor.ids:
            if scheme == "ucdp" and not actor.id.startswith("government-of"):
                print(f"{value:>6} {actor.name:50} {rows[value]['NameData'] if value in rows else 'NOT IN THE LIST'}")
    print(f"{len(lines)} governments written to {OUT}")
    return 0


def _is_government(key: str, name: str) -> bool:
    return key == f"government of {name}" or key.startswith(f"government of {name} (")


if __name__ == "__main__":
    sys.exit(main())
