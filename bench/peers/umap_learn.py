"""umap-learn's map of the vectors in one file, with the parameters of bench/sides/projection.mjs.

    python umap_learn.py '{"file": ..., "dimensions": ..., "metric": ..., "map": ...}'

Speaks the protocol of bench/protocol/child.mjs: one JSON line when ready, then one for each line, a seed. It is compiled
before it is ready, on more than 4,096 rows, because fewer take another path through the library.
"""

import json
import resource
import sys
import time
import warnings

try:
    import numpy as np
    import umap
except ImportError as error:
    print(json.dumps({"missing": f"umap-learn is missing ({error}): run npm run bench:peers, or name a Python that has it in SUPCON_PEERS_PYTHON."}))
    sys.exit()

warnings.filterwarnings("ignore")
NEIGHBOURS, WARM_UP_ROWS = 15, 4_200


def main():
    task = json.loads(sys.argv[1])
    vectors = np.fromfile(task["file"], dtype=np.float32).reshape(-1, task["dimensions"])
    reduce(vectors[:WARM_UP_ROWS], task["metric"], seed=0, epochs=11)
    print(json.dumps({"ready": True, "version": umap.__version__}), flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        positions = reduce(vectors, task["metric"], int(line))
        ms = (time.perf_counter() - began) * 1000
        positions.astype(np.float32).tofile(task["map"])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"ms": ms, "memoryMb": memory}), flush=True)


def reduce(vectors, metric, seed, epochs=None):
    return umap.UMAP(n_neighbors=NEIGHBOURS, metric=metric, n_epochs=epochs, random_state=seed).fit_transform(vectors)


main()
