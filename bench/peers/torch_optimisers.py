"""Trajectories of PyTorch's optimisers on the problem of bench/sides/optimiserProblem.mjs, in float64, as JSON.

    python torch_optimisers.py

For each case all parameters after each of 50 steps: weights, bias, quadratic. Weight decay acts on all but the bias.
"""

import json
import math
import sys

try:
    import torch
    from torch.nn import functional as F
except ImportError as error:
    sys.exit(f"PyTorch is missing ({error}): run npm run bench:peers, or name a Python that has it in SUPCON_PEERS_PYTHON.")

STEPS, SAMPLES, FEATURES, CLASSES, QUADRATIC = 50, 8, 3, 2, 4
DECAY = 0.01

CASES = {
    "sgd": (torch.optim.SGD, 0.1, {"momentum": 0.9}),
    "nesterov": (torch.optim.SGD, 0.1, {"momentum": 0.9, "nesterov": True}),
    "rmsprop": (torch.optim.RMSprop, 0.02, {"alpha": 0.9}),
    "rmsprop with momentum": (torch.optim.RMSprop, 0.005, {"alpha": 0.9, "momentum": 0.9}),
    "adam": (torch.optim.Adam, 0.05, {"betas": (0.9, 0.999)}),
    "adamw": (torch.optim.AdamW, 0.05, {"betas": (0.9, 0.999)}),
}


def values(length, formula):
    return torch.tensor([formula(i) for i in range(length)], dtype=torch.float64)


FEATURE_ROWS = values(SAMPLES * FEATURES, lambda i: math.sin(1 + 2 * i)).reshape(SAMPLES, FEATURES)
LABELS = torch.arange(SAMPLES) % CLASSES
CURVATURE = values(QUADRATIC, lambda i: 0.5 + i)
CENTRE = values(QUADRATIC, lambda i: math.cos(3 * i))


def trajectory(optimiser, peak, options):
    weights = values(FEATURES * CLASSES, lambda i: 0.5 * math.cos(1 + i)).reshape(FEATURES, CLASSES).requires_grad_()
    bias = values(CLASSES, lambda i: 0.1 * i).requires_grad_()
    quadratic = values(QUADRATIC, lambda i: 2.0 + i).requires_grad_()
    groups = [{"params": [weights, quadratic], "weight_decay": DECAY}, {"params": [bias], "weight_decay": 0}]
    chosen = optimiser(groups, lr=peak, **options)
    rows = []
    for step in range(STEPS):
        for group in chosen.param_groups:
            group["lr"] = peak * (1 - step / (2 * STEPS))
        chosen.zero_grad()
        bowl = 0.5 * (CURVATURE * (quadratic - CENTRE) ** 2).sum()
        (F.cross_entropy(FEATURE_ROWS @ weights + bias, LABELS) + bowl).backward()
        chosen.step()
        rows.append(torch.cat([weights.detach().flatten(), bias.detach(), quadratic.detach()]).tolist())
    return rows


print(json.dumps({name: trajectory(*case) for name, case in CASES.items()}))
