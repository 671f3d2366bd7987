"""Residual networks in PyTorch with torchvision's parameter names: a forward pass for comparison with ours.

    python torch_forward.py '{"encoder": "resnet50", "width": 16, "stem": "cifar", "images": "i.safetensors", ...}'

With "weights" it loads them; without, it draws some and writes them to "newWeights". The features of the images are
written to "features". All files are safetensors of float32.
"""

import ctypes
import json
import struct
import sys

try:
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    sys.exit(f"PyTorch is missing ({error}): run npm run bench:peers, or name a Python that has it in SUPCON_PEERS_PYTHON.")

STAGES = {
    "small-resnet": (1, [1, 1, 1]),
    "resnet18": (1, [2, 2, 2, 2]),
    "resnet34": (1, [3, 4, 6, 3]),
    "resnet50": (4, [3, 4, 6, 3]),
    "resnet101": (4, [3, 4, 23, 3]),
    "resnet200": (4, [3, 24, 36, 3]),
}


class Block(nn.Module):
    """A basic block, or a bottleneck where the output is wider than the inner convolutions (He et al., CVPR 2016)."""

    def __init__(self, inputs, width, outputs, stride):
        super().__init__()
        sizes = [3, 3] if outputs == width else [1, 3, 1]
        strided = sizes.index(3)
        channels = [inputs] + [width] * (len(sizes) - 1) + [outputs]
        self.count = len(sizes)
        for place, size in enumerate(sizes):
            step = stride if place == strided else 1
            layer = nn.Conv2d(channels[place], channels[place + 1], size, step, size // 2, bias=False)
            self.add_module(f"conv{place + 1}", layer)
            self.add_module(f"bn{place + 1}", nn.BatchNorm2d(channels[place + 1]))
        self.downsample = None
        if stride != 1 or inputs != outputs:
            projection = nn.Conv2d(inputs, outputs, 1, stride, bias=False)
            self.downsample = nn.Sequential(projection, nn.BatchNorm2d(outputs))

    def forward(self, x):
        inner = x
        for place in range(1, self.count + 1):
            inner = getattr(self, f"bn{place}")(getattr(self, f"conv{place}")(inner))
            if place < self.count:
                inner = F.relu(inner)
        return F.relu(inner + (x if self.downsample is None else self.downsample(x)))


class ResNet(nn.Module):
    """Images [N, C, H, W] to features, the means of the last stage over height and width."""

    def __init__(self, encoder, width, stem, channels):
        super().__init__()
        self.is_large = stem == "imagenet"
        size, stride = (7, 2) if self.is_large else (3, 1)
        self.conv1 = nn.Conv2d(channels, width, size, stride, size // 2, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        expansion, stages = STAGES[encoder]
        inputs = width
        self.count = len(stages)
        for stage, count in enumerate(stages):
            inner = width * 2**stage
            blocks = []
            for index in range(count):
                blocks.append(Block(inputs, inner, expansion * inner, 2 if stage > 0 and index == 0 else 1))
                inputs = expansion * inner
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        if self.is_large:
            x = F.max_pool2d(x, 3, 2, 1)
        for stage in range(1, self.count + 1):
            x = getattr(self, f"layer{stage}")(x)
        return x.mean((2, 3))


def read_safetensors(path):
    """Tensors by name."""
    with open(path, "rb") as file:
        data = bytearray(file.read())
    start = 8 + struct.unpack("<Q", data[:8])[0]
    entries = {name: entry for name, entry in json.loads(data[8:start]).items() if name != "__metadata__"}
    values = torch.frombuffer(data[start:], dtype=torch.float32)
    ranges = {name: [offset // 4 for offset in entry["data_offsets"]] for name, entry in entries.items()}
    return {name: values[slice(*ranges[name])].reshape(entry["shape"]) for name, entry in entries.items()}


def write_safetensors(path, tensors):
    """Writes float32 tensors."""
    header, parts, offset = {}, [], 0
    for name, tensor in tensors.items():
        whole = tensor.detach().float().contiguous()
        parts.append(ctypes.string_at(whole.data_ptr(), 4 * whole.numel()))
        header[name] = {"dtype": "F32", "shape": list(whole.shape), "data_offsets": [offset, offset + len(parts[-1])]}
        offset += len(parts[-1])
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def draw(network):
    """Statistics and shifts as after some training; kernels as PyTorch draws them."""
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, 0, 0.2)
            nn.init.normal_(module.running_mean, 0, 0.2)
            nn.init.uniform_(module.running_var, 0.5, 1.5)


def main():
    setting = json.loads(sys.argv[1])
    torch.manual_seed(1)
    images = read_safetensors(setting["images"])["images"].permute(0, 3, 1, 2)
    network = ResNet(setting["encoder"], setting["width"], setting["stem"], images.shape[1]).eval()
    if "weights" in setting:
        network.load_state_dict(read_safetensors(setting["weights"]))
    else:
        draw(network)
        write_safetensors(setting["newWeights"], network.state_dict())
    with torch.no_grad():
        write_safetensors(setting["features"], {"features": network(images)})
    print(json.dumps({"parameters": sum(p.numel() for p in network.parameters()), "version": torch.__version__}))


main()
