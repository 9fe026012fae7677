"""python peer_pytorch.py THREADS: PyTorch's own layers, losses and Adam, with its defaults."""

import platform
import sys
import time

import torch
from protocol import serve
from torch import nn

threads = int(sys.argv[1])
torch.set_num_threads(threads)
torch.set_num_interop_threads(threads)
torch.manual_seed(0)


def milliseconds(work):
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def training_step(row):
    """Forward and backward of recurrent layers, the loss being the outputs' sum."""
    make = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}[row["kind"]]
    layers = make(row["inputSize"], row["units"], row["layers"], bidirectional=row["bidirectional"])
    x = torch.randn(row["timesteps"], row["batch"], row["inputSize"])

    def step():
        layers(x)[0].sum().backward()

    def run():
        layers.zero_grad(set_to_none=True)
        return milliseconds(step)

    for _ in range(3):
        run()
    return run


class Network(nn.Module):
    """The row's layers in turn; recurrent ones are batch first."""

    def __init__(self, row):
        super().__init__()
        size = row["input"]["size"]
        self.description = row["model"]
        layers = []
        for layer in row["model"]:
            kind = layer["type"]
            if kind == "embedding":
                layers.append(nn.Embedding(size, layer["units"]))
            elif kind == "lstm":
                both = layer.get("bidirectional", False)
                layers.append(nn.LSTM(size, layer["units"], batch_first=True, bidirectional=both))
            elif kind == "dropout":
                layers.append(nn.Dropout(layer["rate"]))
                continue
            else:
                linear = nn.Linear(size, layer["units"])
                layers.append(nn.Sequential(linear, nn.ReLU()) if layer.get("activation") else linear)
            size = layer["units"] * (2 if layer.get("bidirectional") else 1)
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        for description, layer in zip(self.description, self.layers):
            if description["type"] != "lstm":
                x = layer(x)
            elif description["sequences"]:
                x = layer(x)[0]
            else:
                h = layer(x)[1][0]
                x = torch.cat(tuple(h), dim=1)
        return x


def data(row, steps):
    batch, timesteps, size = row["batch"], row["timesteps"], row["input"]["size"]
    if row["input"]["kind"] == "numbers":
        x = torch.rand(steps, batch, timesteps, size)
    else:
        x = torch.randint(size, (steps, batch, timesteps))
        if row["input"]["kind"] == "oneHot":
            x = nn.functional.one_hot(x, size).float()
    if row["loss"] == "softmax":
        return x, torch.randint(size, (steps, batch, timesteps))
    y = torch.rand(steps, batch, 1)
    return x, y if row["loss"] == "mse" else y.round()


def fit(row):
    """The usual training loop over the row's batches; milliseconds a step."""
    network = Network(row)
    cross_entropy = nn.CrossEntropyLoss()
    loss = {
        "softmax": lambda y, target: cross_entropy(y.flatten(0, 1), target.flatten()),
        "mse": nn.MSELoss(),
        "binary": nn.BCEWithLogitsLoss(),
    }[row["loss"]]
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)

    def train(xs, ys):
        for x, y in zip(xs, ys):
            optimizer.zero_grad()
            loss(network(x), y).backward()
            optimizer.step()

    train(*data(row, 2))
    xs, ys = data(row, row["steps"])
    return lambda: milliseconds(lambda: train(xs, ys)) / row["steps"]


serve(
    lambda row: training_step(row) if "kind" in row else fit(row),
    lambda: {"torch": torch.__version__, "python": platform.python_version()},
)
