"""Writes MODEL_CARD.md: the template's words around the figures of this build."""

from collections import Counter
from pathlib import Path
from string import Template

from choice import score_of
from evaluate import FOREIGN, LABELLED, accuracy
from model_folder import NAME, VERSION
from verdict import calibration_error, refused

TEMPLATE = Path(__file__).parent / "model_card.template.md"
CONFUSIONS = 8


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def accuracy_table(by_precision, truth):
    rows = []
    for precision, logits in by_precision.items():
        shares = [f"{accuracy(logits[split], truth[split]):.3f}" for split in LABELLED]
        error = calibration_error(logits["test"], truth["test"])
        rows.append([precision, *shares, f"{error:.3f}"])
    return table(["graph", *LABELLED, "calibration error (test)"], rows)


def verdict_table(entries):
    rows = [
        [
            entry["score"],
            f"{entry['temperature']:g}" if entry["score"] == "energy" else "–",
            f"{entry['threshold']:.3f}",
            *(f"{entry[half][split]:.3f}" for half in ("tuned", "reported") for split in FOREIGN),
        ]
        for entry in entries
    ]
    halves = [f"{split} ({half})" for half in ("tuned", "reported") for split in FOREIGN]
    return table(["score", "temperature", "threshold", *halves], rows)


def recall_table(logits, truth, classes):
    rows = []
    for index, name in enumerate(classes):
        cells = []
        for split in ("test", "elsewhere"):
            chosen = truth[split] == index
            right = (logits[split][chosen].argmax(1) == index).sum()
            cells.append(f"{right / chosen.sum():.2f} of {chosen.sum()}" if chosen.any() else "–")
        rows.append([name, *cells])
    return table(["class", "test", "elsewhere"], rows)


def confusions(logits, truth, classes):
    """The most frequent wrong answers on test and elsewhere together."""
    counts = Counter()
    for split in ("test", "elsewhere"):
        answers = logits[split].argmax(1)
        counts.update(
            (classes[label], classes[answer])
            for label, answer in zip(truth[split], answers)
            if label != answer
        )
    return ", ".join(
        f"{label} taken for {answer} ({count})"
        for (label, answer), count in counts.most_common(CONFUSIONS)
    )


def kept_shares(logits, truth, verdict):
    """Share of the right answers that are not refused, by split."""
    shares = {}
    for split in ("val", "test", "elsewhere"):
        right = logits[split].argmax(1) == truth[split]
        scores = score_of(verdict)(logits[split])[right]
        shares[f"kept_{split}"] = f"{1 - refused(scores, verdict['threshold']):.3f}"
    return shares


def write_card(options, classes, by_precision, truth, entries, verdict, outlook):
    """`by_precision`: graph to logits by split, the served one first; `verdict`: the chosen entry;
    `outlook`: share refused by foreign split with the second opinion.
    """
    logits = by_precision["int8"]
    text = Template(TEMPLATE.read_text()).substitute(
        name=NAME,
        version=VERSION,
        classes=", ".join(classes),
        accuracy=accuracy_table(by_precision, truth),
        samples=int((truth["samples"] >= 0).sum()),
        verdicts=verdict_table(entries),
        score=verdict["score"],
        temperature=f"{verdict['temperature']:g}",
        recall=recall_table(logits, truth, classes),
        confusions=confusions(logits, truth, classes),
        **kept_shares(logits, truth, verdict),
        outlook_animals=f"{outlook['other-animals']:.3f}",
        outlook_objects=f"{outlook['not-an-animal']:.3f}",
    )
    (options.model / "MODEL_CARD.md").write_text(text)
