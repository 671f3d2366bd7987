"""The training step of the product in PyTorch: same layers, same loss, same optimiser, one constant batch.

    python torch_step.py '{"size": {"encoder": "resnet18", "width": 64, "images": 128, "views": 2}, ...}'

Speaks the protocol of bench/protocol/child.mjs: one JSON line when ready, then one for each line `run K`.
Convolutions with stride 2 pad by one on both sides, ours on one: the arithmetic is the same.
"""

import json
import resource
import sys
import time

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    print(json.dumps({"missing": f"PyTorch is missing ({error}): run npm run bench:peers, or name a Python that has it in SUPCON_PEERS_PYTHON."}))
    sys.exit()

BLOCKS_PER_STAGE = {"small-resnet": [1, 1, 1], "resnet18": [2, 2, 2, 2]}
TEMPERATURE = 0.1
PROJECTION_WIDTH = 128
CLASSES = 10


class Block(nn.Module):
    """A basic residual block (He et al., CVPR 2016)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.shortcut = nn.Sequential(projection, nn.BatchNorm2d(outputs))

    def forward(self, x):
        inner = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(inner)) + self.shortcut(x))


class Network(nn.Module):
    """Encoder with a 3x3 stem, and the projection head Linear, ReLU, Linear, L2 norm."""

    def __init__(self, encoder, width):
        super().__init__()
        layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
        inputs = width
        for stage, count in enumerate(BLOCKS_PER_STAGE[encoder]):
            for index in range(count):
                outputs = width * 2**stage
                layers.append(Block(inputs, outputs, 2 if stage > 0 and index == 0 else 1))
                inputs = outputs
        self.encoder = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Linear(inputs, inputs), nn.ReLU(), nn.Linear(inputs, PROJECTION_WIDTH))

    def forward(self, x):
        return F.normalize(self.head(self.encoder(x).mean((2, 3))), dim=1)


def supcon(z, labels):
    """Mean L_out of arXiv 2004.11362, equation 2, in float32."""
    z = z.float()
    others = 1 - torch.eye(len(z), device=z.device)
    logits = z @ z.T / TEMPERATURE
    log_sum = torch.logsumexp(logits * others - 1e9 * (1 - others), 1)
    positives = (labels[:, None] == labels[None]).float() * others
    mean_positive = (logits * positives).sum(1) / positives.sum(1)
    return (log_sum - mean_positive).mean()


def make_step(setting):
    """The step as a function that returns the loss, and the number of trained values."""
    size, device = setting["size"], torch.device(setting["device"])
    precision = setting["precision"]
    if device.type == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = precision != "float32"
        torch.backends.cudnn.benchmark = True
    torch.manual_seed(1)
    network = Network(size["encoder"], size["width"]).to(device, memory_format=torch.channels_last)
    rows = size["images"] * size["views"]
    views = torch.randn(rows, 3, 32, 32, device=device).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(rows, device=device) % size["images"] % CLASSES
    kernels = [p for p in network.parameters() if p.dim() > 1]
    plain = [p for p in network.parameters() if p.dim() == 1]
    groups = [{"params": kernels, "weight_decay": 1e-4}, {"params": plain, "weight_decay": 0}]
    optimiser = torch.optim.SGD(groups, lr=0.05, momentum=0.9)
    forward = torch.compile(network) if setting["compile"] else network

    def step():
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bfloat16"):
            z = forward(views)
        loss = supcon(z, labels)
        loss.backward()
        optimiser.step()
        return loss.item()

    return step, sum(p.numel() for p in network.parameters())


def time_steps(step, count):
    """Wall time of each of `count` steps, and the processor time of all."""
    used, times = time.process_time(), []
    for _ in range(count):
        began = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - began))
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"ms": times, "cpuMs": 1000 * (time.process_time() - used), "rss": rss}


def device_name(device):
    if device == "cuda":
        return torch.cuda.get_device_name()
    return f"cpu, {torch.get_num_threads()} threads"


def answer(value):
    print(json.dumps(value), flush=True)


def main():
    setting = json.loads(sys.argv[1])
    if setting["device"] == "cuda" and not torch.cuda.is_available():
        answer({"missing": "This PyTorch has no CUDA: name a Python whose PyTorch has it in SUPCON_PEERS_PYTHON."})
        return
    torch.set_num_threads(setting["threads"])
    step, parameters = make_step(setting)
    try:
        loss = step()
    except Exception as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        answer({"missing": f"PyTorch could not run the step: {reason[0]}"})
        return
    answer({"ready": True, "device": device_name(setting["device"]), "parameters": parameters, "loss": loss, "version": torch.__version__})
    for line in sys.stdin:
        answer(time_steps(step, int(line.split()[1])))


main()
