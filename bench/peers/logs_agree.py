"""Whether the product's readers find under a folder what TensorBoard's own reader and Python's csv module find there.

    python logs_agree.py FOLDER OURS.json

OURS.json is what bench/sides/allSeries.mjs prints for the same folder. Prints JSON: how many places and points were
compared, and a sentence for each difference. bench/cases/tensorboard.bench.mjs runs both.
"""

import csv
import json
import math
import os
import struct
import sys

try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util
except ImportError as error:
    sys.exit(f"TensorBoard is missing ({error}): run npm run bench:peers.")

X_NAMES = ["step", "global_step", "_step", "iteration", "iter", "epoch"]
CLOCK_NAMES = ["timestamp", "time", "_timestamp", "wall_time"]


def by_tensorboard(folder):
    accumulator = EventAccumulator(folder, size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    tags = accumulator.Tags()
    series = {tag: [(e.step, e.value) for e in accumulator.Scalars(tag)] for tag in tags["scalars"]}
    for tag in tags["tensors"]:
        metadata = accumulator.SummaryMetadata(tag)
        if metadata.plugin_data.plugin_name not in ("scalars", ""):
            continue
        points = [(e.step, tensor_util.make_ndarray(e.tensor_proto)) for e in accumulator.Tensors(tag)]
        if all(value.size == 1 and value.dtype.kind in "fi" for _, value in points):
            series[tag] = [(step, float(value)) for step, value in points]
    return series


def by_csv(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0]) if rows else []
    x = next((name for name in X_NAMES if name in names), None)
    series = {}
    for place, row in enumerate(rows):
        for name, cell in row.items():
            if name in (x, *CLOCK_NAMES) or cell == "":
                continue
            series.setdefault(name, []).append((float(row[x]) if x else place, float(cell)))
    return series


def is_same(ours, theirs):
    if math.isnan(theirs):
        return math.isnan(ours)
    return ours == theirs or struct.pack("f", ours) == struct.pack("f", theirs)


def differences(ours, theirs):
    for tag in sorted(set(ours) | set(theirs)):
        a = [(step, float(value)) for step, value in ours.get(tag, [])]
        b = theirs.get(tag, [])
        if len(a) != len(b):
            yield f"{tag}: {len(a)} points of ours, {len(b)} of theirs"
        for (step, value), (their_step, their_value) in zip(a, b):
            if step != their_step or not is_same(value, their_value):
                yield f"{tag}: ours {value} at {step}, theirs {their_value} at {their_step}"
                break


root, file = sys.argv[1:]
found = json.load(open(file))
places = {
    os.path.relpath(folder, root)
    for folder, _, names in os.walk(root)
    for name in names
    if "tfevents" in name and not name.endswith(".profile-empty")
}
wrong = [f"{place}: not found by us" for place in places if place not in found]
points = 0
for place, ours in sorted(found.items()):
    path = os.path.join(root, place)
    theirs = by_tensorboard(path) if os.path.isdir(path) else by_csv(path)
    points += sum(len(series) for series in theirs.values())
    wrong += [f"{place}: {difference}" for difference in differences(ours, theirs)]
print(json.dumps({"places": len(found), "points": points, "wrong": wrong}))
