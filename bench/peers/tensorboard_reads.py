"""Reads a run folder with TensorBoard's own reader and prints tags, steps and values as JSON.

    python tensorboard_reads.py RUN_FOLDER

bench/cases/tensorboard.bench.mjs compares them with what the product's reader finds in the same files.
"""

import json
import sys

try:
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
except ImportError as error:
    sys.exit(f"TensorBoard is missing ({error}): run npm run bench:peers.")

accumulator = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
accumulator.Reload()
tags = accumulator.Tags()["scalars"]
series = {tag: [[event.step, event.value] for event in accumulator.Scalars(tag)] for tag in tags}
print(json.dumps(series))
