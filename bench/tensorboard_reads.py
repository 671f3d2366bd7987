"""Reads a run folder with TensorBoard's own reader and prints tags, steps and values as JSON.

    python bench/tensorboard_reads.py RUN_FOLDER | node bench/tensorboard-reads.mjs RUN_FOLDER

The second command compares them with what the product's reader finds in the same files.
"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

accumulator = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
accumulator.Reload()
tags = accumulator.Tags()["scalars"]
series = {tag: [[event.step, event.value] for event in accumulator.Scalars(tag)] for tag in tags}
print(json.dumps(series))
