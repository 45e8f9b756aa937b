"""Looks at what `simulate` wrote: five rounds to their end, follow-ups in the model's words, every quote found.

Run by .ci/run as `python tests/smoke.py FOLDER`; not a pytest file, because it judges one long run.
"""

import json
import sys
from pathlib import Path


def main(folder: Path) -> int:
    transcript = json.loads((folder / "transcript.json").read_text())
    card = json.loads((folder / "scorecard.json").read_text())
    rounds = transcript["rounds"]
    lines = [t for r in rounds for t in r["turns"] if t["speaker"] == "interviewer"]
    probes = [t for t in lines if t["move"] == "probe"]
    stories = [t for t in probes if t["principle"]]
    own = sum(t["wording"] == "model" for t in stories)
    quotes = [(r, q) for r, c in enumerate(card["rounds"]) for v in c["criteria"] for q in v["evidence"]]
    checks = {
        "five rounds": len(rounds) == 5,
        "every round ended": all(r["ended"] for r in rounds),
        "at least 15 follow-ups": len(probes) >= 15,
        "at least a third of those on stories worded by the model": own * 3 >= len(stories) > 0,
        "nothing said twice": len({t["text"] for t in lines}) == len(lines),
        "every quote stands in the transcript": bool(quotes)
        and all(rounds[r]["turns"][q["turn"]]["text"][q["start"] : q["end"]] == q["quote"] for r, q in quotes),
        "made with the embedded model": card["made_with"]["model"] != "none",
    }
    print(f"{len(probes)} follow-ups, {len(stories)} of them on stories, {own} of those in the model's own words")
    for name, held in checks.items():
        print(f"{'ok  ' if held else 'FAIL'} {name}")
    failed = sum(not held for held in checks.values())
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
