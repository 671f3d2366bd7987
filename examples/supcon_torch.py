"""SupCon on Fashion-MNIST in plain PyTorch: a stock script that logs to TensorBoard and knows nothing of SupCon Lab.

    supcon run --logs logs -- python examples/supcon_torch.py --data fashion-mnist --logdir logs

or the file supcon_torch.supcon.json beside it.
"""

import argparse
import gzip
import pathlib
import struct

import torch
from torch import nn
from torch.nn import functional
from torch.utils.tensorboard import SummaryWriter


def read_idx(path):
    """An IDX file, gzipped or not, as a tensor of bytes."""
    opened = gzip.open(path) if path.suffix == ".gz" else open(path, "rb")
    with opened as file:
        dimensions = struct.unpack(">HBB", file.read(4))[2]
        shape = struct.unpack(f">{dimensions}I", file.read(4 * dimensions))
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8).reshape(shape)


def load(folder, part):
    """Images of one channel from 0 to 1, and labels."""
    find = lambda kind: next(path for path in sorted(folder.glob(f"{part}-{kind}-*ubyte*")))
    images = read_idx(find("images")).float().unsqueeze(1) / 255
    return images, read_idx(find("labels")).long()


def augment(images):
    """One random view of each image: a shift of up to three pixels, a flip, a change of brightness."""
    padded = functional.pad(images, (3, 3, 3, 3))
    rows, columns = torch.randint(0, 7, (2,)).tolist()
    view = padded[:, :, rows : rows + 28, columns : columns + 28]
    flips = torch.rand(len(images), 1, 1, 1) < 0.5
    view = torch.where(flips, view.flip(-1), view)
    return (view * (0.6 + 0.8 * torch.rand(len(images), 1, 1, 1))).clamp(0, 1)


def encoder(width):
    """A small convolutional network, its features, and a projection head behind them."""
    layers = []
    for fan_in, fan_out in [(1, width), (width, 2 * width), (2 * width, 4 * width)]:
        layers += [nn.Conv2d(fan_in, fan_out, 3, 2, 1), nn.BatchNorm2d(fan_out), nn.ReLU()]
    features = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
    head = nn.Sequential(nn.Linear(4 * width, 4 * width), nn.ReLU(), nn.Linear(4 * width, 64))
    return features, head


def supcon_loss(projections, labels, temperature, base_temperature):
    """L_out of arXiv 2004.11362, equation 2, times temperature / base_temperature."""
    similarities = projections @ projections.T / temperature
    itself = torch.eye(len(labels), dtype=torch.bool)
    log_probability = similarities - similarities.masked_fill(itself, -torch.inf).logsumexp(1, keepdim=True)
    positives = (labels[:, None] == labels[None, :]) & ~itself
    mean = (log_probability * positives).sum(1) / positives.sum(1)
    return -(temperature / base_temperature) * mean.mean()


@torch.no_grad()
def class_mean_accuracy(features, train, test):
    """Accuracy of the nearest class mean of normalised features."""
    features.eval()
    embed = lambda images: functional.normalize(torch.cat([features(part) for part in images.split(500)]))
    embedded, labels = embed(train[0]), train[1]
    means = functional.normalize(torch.stack([embedded[labels == c].mean(0) for c in range(10)]))
    guesses = (embed(test[0]) @ means.T).argmax(1)
    features.train()
    return (guesses == test[1]).float().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, required=True, help="folder of the IDX files")
    parser.add_argument("--logdir", default="logs")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--batch_size", type=int, default=128)
    parser.add_argument("--n_views", type=int, default=2)
    parser.add_argument("--temperature", type=float, default=0.1)
    parser.add_argument("--base_temperature", type=float, default=0.07)
    parser.add_argument("--learning_rate", type=float, default=0.05)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.manual_seed(options.seed)
    images, labels = load(options.data, "train")
    sample = torch.randperm(len(images))[:2000]
    test = tuple(part[:2000] for part in load(options.data, "t10k"))
    features, head = encoder(options.width)
    weights = [*features.parameters(), *head.parameters()]
    optimiser = torch.optim.SGD(weights, options.learning_rate, momentum=0.9, weight_decay=1e-4)

    with SummaryWriter(options.logdir, flush_secs=1) as writer:
        for step in range(options.steps):
            batch = torch.randint(0, len(images), (options.batch_size,))
            views = torch.cat([augment(images[batch]) for _ in range(options.n_views)])
            projections = functional.normalize(head(features(views)))
            targets = labels[batch].repeat(options.n_views)
            loss = supcon_loss(projections, targets, options.temperature, options.base_temperature)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            writer.add_scalar("train/loss", loss.item(), step)
            if step % 50 == 49:
                accuracy = class_mean_accuracy(features, (images[sample], labels[sample]), test)
                writer.add_scalar("val/accuracy", accuracy, step)
                print(f"step {step + 1}: loss {loss.item():.3f}, class-mean accuracy {accuracy:.3f}")


if __name__ == "__main__":
    main()
