"""Makes the golden numbers of kernel-lib/test/golden/ with Keras and PyTorch, in float64.

Each file holds seeded weights, inputs and initial states, and what the library computes from them: the outputs, the
final states and, by its own automatic differentiation, the gradients of

    loss = sum of outputs * outputProbe + sum of final states * finalProbe

with respect to weights, inputs and initial states. The peephole LSTM, which neither library has, is written here in
PyTorch operations and differentiated by autograd.

How to run it (anywhere but in the project's own .venv; the files are committed, so the tests need none of this):

    python3 -m venv golden-venv
    golden-venv/bin/pip install numpy==2.4.6 torch==2.13.0 tensorflow-cpu==2.21.0 keras==3.15.1
    golden-venv/bin/python scripts/make-golden.py

With these versions it writes the committed files again, digit for digit.
"""

import json
import os
import re
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras
import numpy as np
import tensorflow as tf
import torch

keras.config.set_floatx("float64")
torch.set_default_dtype(torch.float64)

GOLDEN = Path(__file__).resolve().parent.parent / "kernel-lib" / "test" / "golden"
BATCH, STEPS, INPUTS, UNITS, CLASSES = 3, 5, 4, 3, 6
VERSIONS = {
    "numpy": np.__version__,
    "torch": torch.__version__.split("+")[0],
    "tensorflow": tf.__version__,
    "keras": keras.__version__,
}


def plain(value):
    """Nested lists of numbers with 14 significant digits."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (int, str)):
        return value
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    array = np.asarray(value)
    if array.dtype.kind in "iu":
        return array.tolist()
    assert array.dtype == np.float64, array.dtype
    return np.vectorize(lambda v: float(f"{v:.14g}"), otypes=[float])(array).tolist()


def write(name, content):
    """One key a line; written beside, then renamed."""
    content = {"madeBy": "scripts/make-golden.py", "versions": VERSIONS, **content}
    lines = [f"{json.dumps(key)}:{json.dumps(plain(part), separators=(',', ':'))}" for key, part in content.items()]
    target = GOLDEN / f"{name}.json"
    beside = target.with_suffix(".tmp")
    beside.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    beside.replace(target)
    print(target.name, target.stat().st_size, "bytes")


def by_step(array):
    """[batch, time, features] as one [batch, features] a step."""
    return np.swapaxes(np.asarray(array), 0, 1)


def seeded(seed):
    random = np.random.default_rng(seed)
    return lambda *shape: random.normal(scale=0.6, size=shape)


# Keras


def keras_recurrent(name, layer, state_names, outputs=UNITS, seed=1):
    """A recurrent layer made with return_sequences and return_state."""
    draw = seeded(seed)
    x = tf.Variable(draw(BATCH, STEPS, INPUTS))
    initial = [tf.Variable(draw(BATCH, UNITS)) for _ in state_names]
    layer(x, initial_state=initial)
    layer.set_weights([draw(*w.shape) for w in layer.get_weights()])
    output_probe = draw(BATCH, STEPS, outputs)
    final_probe = [draw(BATCH, UNITS) for _ in state_names]
    with tf.GradientTape() as tape:
        output, *final = layer(x, initial_state=initial)
        loss = tf.reduce_sum(output * output_probe)
        loss += sum(tf.reduce_sum(a * b) for a, b in zip(final, final_probe))
    weights = [w.value for w in layer.weights]
    d_weights, d_x, d_initial = tape.gradient(loss, [weights, x, initial])
    write(
        name,
        {
            "weights": layer.get_weights(),
            "xs": by_step(x),
            "initial": dict(zip(state_names, [s.numpy() for s in initial])),
            "outputProbe": by_step(output_probe),
            "finalProbe": dict(zip(state_names, final_probe)),
            "outputs": by_step(output),
            "final": dict(zip(state_names, [s.numpy() for s in final])),
            "dWeights": [np.asarray(g) for g in d_weights],
            "dXs": by_step(d_x),
            "dInitial": dict(zip(state_names, [g.numpy() for g in d_initial])),
        },
    )


def keras_language_model():
    """LSTM, Dense, softmax cross-entropy averaged over all steps and rows."""
    draw = seeded(2)
    x = tf.Variable(draw(BATCH, STEPS, INPUTS))
    targets = np.random.default_rng(3).integers(0, CLASSES, size=(BATCH, STEPS))
    lstm = keras.layers.LSTM(UNITS, return_sequences=True)
    dense = keras.layers.Dense(CLASSES)
    dense(lstm(x))
    for layer in (lstm, dense):
        layer.set_weights([draw(*w.shape) for w in layer.get_weights()])
    with tf.GradientTape() as tape:
        logits = dense(lstm(x))
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(targets, logits, from_logits=True))
    d_lstm, d_dense, d_x, d_logits = tape.gradient(
        loss, [[w.value for w in lstm.weights], [w.value for w in dense.weights], x, logits]
    )
    write(
        "keras-lstm-dense-cross-entropy",
        {
            "lstm": lstm.get_weights(),
            "dense": dense.get_weights(),
            "xs": by_step(x),
            "targets": by_step(targets),
            "logits": by_step(logits),
            "loss": loss.numpy(),
            "dLogits": by_step(d_logits),
            "dLstm": [np.asarray(g) for g in d_lstm],
            "dDense": [np.asarray(g) for g in d_dense],
            "dXs": by_step(d_x),
        },
    )


def keras_stacked():
    """An LSTM below a GRU."""
    draw = seeded(4)
    x = tf.Variable(draw(BATCH, STEPS, INPUTS))
    layers = [keras.layers.LSTM(UNITS, return_sequences=True), keras.layers.GRU(UNITS + 1, return_sequences=True)]
    layers[1](layers[0](x))
    for layer in layers:
        layer.set_weights([draw(*w.shape) for w in layer.get_weights()])
    output_probe = draw(BATCH, STEPS, UNITS + 1)
    with tf.GradientTape() as tape:
        output = layers[1](layers[0](x))
        loss = tf.reduce_sum(output * output_probe)
    d_layers, d_x = tape.gradient(loss, [[[w.value for w in layer.weights] for layer in layers], x])
    write(
        "keras-stacked-lstm-gru",
        {
            "weights": [layer.get_weights() for layer in layers],
            "xs": by_step(x),
            "outputProbe": by_step(output_probe),
            "outputs": by_step(output),
            "dWeights": [[np.asarray(g) for g in d] for d in d_layers],
            "dXs": by_step(d_x),
        },
    )


def keras_bidirectional(mode):
    draw = seeded(5)
    outputs = 2 * UNITS if mode == "concat" else UNITS
    x = tf.Variable(draw(BATCH, STEPS, INPUTS))
    layer = keras.layers.Bidirectional(keras.layers.LSTM(UNITS, return_sequences=True), merge_mode=mode)
    layer(x)
    layer.set_weights([draw(*w.shape) for w in layer.get_weights()])
    output_probe = draw(BATCH, STEPS, outputs)
    with tf.GradientTape() as tape:
        output = layer(x)
        loss = tf.reduce_sum(output * output_probe)
    d_weights, d_x = tape.gradient(loss, [[w.value for w in layer.weights], x])
    write(
        f"keras-bidirectional-{mode}",
        {
            "weights": layer.get_weights(),
            "xs": by_step(x),
            "outputProbe": by_step(output_probe),
            "outputs": by_step(output),
            "dWeights": [np.asarray(g) for g in d_weights],
            "dXs": by_step(d_x),
        },
    )


LAYERS = {
    "lstm": (keras.layers.LSTM, {}, 2),
    "gru": (keras.layers.GRU, {"reset_after": False}, 1),
    "gruResetAfter": (keras.layers.GRU, {}, 1),
    "simpleRNN": (keras.layers.SimpleRNN, {}, 1),
}
MASK = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 0, 1], [1, 1, 1, 1, 1]], dtype=bool)


def keras_layer_case(kind, config, masked=False, initial=False, merge=None, seed=1):
    """A layer as models use it: what it returns, and the gradients of the sum of all its results times probes."""
    random = seeded(seed)
    draw = lambda *shape: np.round(random(*shape), 3)
    cls, options, states = LAYERS[kind]
    layer = cls(UNITS, **options, **config)
    if merge:
        layer = keras.layers.Bidirectional(layer, merge_mode=merge)
    x = tf.Variable(draw(BATCH, STEPS, INPUTS))
    inputs = {"mask": tf.constant(MASK)} if masked else {}
    given = [tf.Variable(draw(BATCH, UNITS)) for _ in range(states)] if initial else []
    if initial:
        inputs["initial_state"] = given
    layer(x, **inputs)
    layer.set_weights([draw(*w.shape) for w in layer.get_weights()])
    if config.get("stateful"):
        layer.reset_state()
        layer(x)
    with tf.GradientTape() as tape:
        results = layer(x, **inputs)
        results = list(results) if isinstance(results, (list, tuple)) else [results]
        probes = [draw(*r.shape) for r in results]
        loss = sum(tf.reduce_sum(r * p) for r, p in zip(results, probes))
    d_weights, d_x, d_initial = tape.gradient(loss, [[w.value for w in layer.trainable_weights], x, given])
    camel = lambda name: re.sub("_(.)", lambda m: m.group(1).upper(), name)
    short = lambda arrays: [np.round(np.asarray(a), 8) for a in arrays]
    return {
        "kind": kind,
        "config": {camel(name): value for name, value in {**options, **config}.items()},
        **({"merge": merge} if merge else {}),
        **({"mask": MASK.astype(int)} if masked else {}),
        "x": x.numpy(),
        "initial": short(given),
        "weights": short(layer.get_weights()),
        "results": short(results),
        "probes": probes,
        "dWeights": short(d_weights),
        "dX": short([d_x])[0],
        "dInitial": short(d_initial),
    }


def keras_layers():
    """Every option of the recurrent layers, for all four kinds, to 8 decimals; a stateful layer shows its second call."""
    sequences, states = {"return_sequences": True}, {"return_state": True}
    cases = {}
    for kind in LAYERS:
        cases |= {
            f"{kind}, last output": keras_layer_case(kind, {}),
            f"{kind}, all outputs": keras_layer_case(kind, sequences),
            f"{kind}, state in and out": keras_layer_case(kind, states, initial=True),
            f"{kind}, all outputs and state": keras_layer_case(kind, {**sequences, **states}, initial=True),
            f"{kind}, masked": keras_layer_case(kind, {**sequences, **states}, masked=True),
            f"{kind}, masked, last output": keras_layer_case(kind, {}, masked=True),
            f"{kind}, backwards": keras_layer_case(kind, {**sequences, "go_backwards": True}),
            f"{kind}, backwards, masked": keras_layer_case(kind, {"go_backwards": True}, masked=True),
            f"{kind}, no bias": keras_layer_case(kind, {**sequences, "use_bias": False}),
            f"{kind}, stateful": keras_layer_case(kind, {**sequences, "stateful": True}),
            f"{kind}, another activation": keras_layer_case(kind, {**sequences, "activation": "relu"}, masked=True),
            f"{kind}, both directions": keras_layer_case(kind, sequences, masked=True, merge="concat"),
            f"{kind}, both directions, last output": keras_layer_case(kind, {}, merge="sum"),
        }
    write("keras-layers", {"cases": cases})


# PyTorch


def randomize(module, draw):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(torch.from_numpy(draw(*parameter.shape)))


def gradients(module):
    return {name: parameter.grad for name, parameter in module.named_parameters()}


def torch_recurrent(name, module, state_names, seed):
    """A recurrent module, of any number of layers and directions."""
    draw = seeded(seed)
    directions = 2 if module.bidirectional else 1
    randomize(module, draw)
    x = torch.from_numpy(draw(STEPS, BATCH, INPUTS)).requires_grad_()
    state_shape = (module.num_layers * directions, BATCH, UNITS)
    initial = [torch.from_numpy(draw(*state_shape)).requires_grad_() for _ in state_names]
    output_probe = torch.from_numpy(draw(STEPS, BATCH, UNITS * directions))
    final_probe = [torch.from_numpy(draw(*state_shape)) for _ in state_names]
    output, final = module(x, tuple(initial) if len(initial) > 1 else initial[0])
    final = final if isinstance(final, tuple) else (final,)
    loss = (output * output_probe).sum() + sum((a * b).sum() for a, b in zip(final, final_probe))
    loss.backward()
    write(
        name,
        {
            "weights": module.state_dict(),
            "xs": x,
            "initial": dict(zip(state_names, initial)),
            "outputProbe": output_probe,
            "finalProbe": dict(zip(state_names, final_probe)),
            "outputs": output,
            "final": dict(zip(state_names, final)),
            "dWeights": gradients(module),
            "dXs": x.grad,
            "dInitial": dict(zip(state_names, [s.grad for s in initial])),
        },
    )


def torch_language_model():
    """GRU, Linear, softmax cross-entropy averaged over the tokens that are not padding."""
    draw = seeded(6)
    gru, linear = torch.nn.GRU(INPUTS, UNITS), torch.nn.Linear(UNITS, CLASSES)
    for module in (gru, linear):
        randomize(module, draw)
    x = torch.from_numpy(draw(STEPS, BATCH, INPUTS)).requires_grad_()
    targets = torch.from_numpy(np.random.default_rng(7).integers(0, CLASSES, size=(STEPS, BATCH)))
    mask = torch.ones(STEPS, BATCH, dtype=torch.int64)
    mask[3:, 1] = 0
    mask[4:, 2] = 0
    logits = linear(gru(x)[0])
    padded = torch.where(mask == 1, targets, -100)
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), padded.flatten(), ignore_index=-100)
    loss.backward()
    write(
        "pytorch-gru-linear-masked-cross-entropy",
        {
            "gru": gru.state_dict(),
            "linear": linear.state_dict(),
            "xs": x,
            "targets": targets,
            "mask": mask,
            "loss": loss.item(),
            "dGru": gradients(gru),
            "dLinear": gradients(linear),
            "dXs": x.grad,
        },
    )


def torch_peephole():
    """The LSTM of Gers & Schmidhuber: i and f see the old cell state, o the new one, each unit its own alone."""
    draw = seeded(8)
    leaf = lambda *shape: torch.from_numpy(draw(*shape)).requires_grad_()
    weights = {
        "kernel": leaf(INPUTS, 4 * UNITS),
        "recurrentKernel": leaf(UNITS, 4 * UNITS),
        "bias": leaf(1, 4 * UNITS),
        "peepholeI": leaf(1, UNITS),
        "peepholeF": leaf(1, UNITS),
        "peepholeO": leaf(1, UNITS),
    }
    xs = [leaf(BATCH, INPUTS) for _ in range(STEPS)]
    initial = {"h": leaf(BATCH, UNITS), "c": leaf(BATCH, UNITS)}
    output_probe = torch.from_numpy(draw(STEPS, BATCH, UNITS))
    final_probe = {name: torch.from_numpy(draw(BATCH, UNITS)) for name in initial}
    h, c = initial["h"], initial["c"]
    outputs = []
    for x in xs:
        zi, zf, zg, zo = (x @ weights["kernel"] + h @ weights["recurrentKernel"] + weights["bias"]).chunk(4, dim=1)
        i = torch.sigmoid(zi + weights["peepholeI"] * c)
        f = torch.sigmoid(zf + weights["peepholeF"] * c)
        c = f * c + i * torch.tanh(zg)
        o = torch.sigmoid(zo + weights["peepholeO"] * c)
        h = o * torch.tanh(c)
        outputs.append(h)
    final = {"h": h, "c": c}
    loss = (torch.stack(outputs) * output_probe).sum()
    loss = loss + sum((final[name] * final_probe[name]).sum() for name in final)
    loss.backward()
    write(
        "pytorch-peephole-lstm",
        {
            "weights": weights,
            "xs": xs,
            "initial": initial,
            "outputProbe": output_probe,
            "finalProbe": final_probe,
            "outputs": outputs,
            "final": final,
            "dWeights": {name: w.grad for name, w in weights.items()},
            "dXs": [x.grad for x in xs],
            "dInitial": {name: s.grad for name, s in initial.items()},
        },
    )


def torch_losses():
    draw = seeded(9)
    prediction = torch.from_numpy(draw(BATCH, CLASSES)).requires_grad_()
    target = torch.from_numpy(draw(BATCH, CLASSES))
    squared = torch.nn.functional.mse_loss(prediction, target)
    squared.backward()
    logits = torch.from_numpy(10 * draw(BATCH, CLASSES)).requires_grad_()
    labels = torch.from_numpy(np.random.default_rng(10).integers(0, 2, size=(BATCH, CLASSES)).astype(float))
    binary = torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)
    binary.backward()
    write(
        "pytorch-losses",
        {
            "meanSquaredError": {"prediction": prediction, "target": target, "loss": squared, "d": prediction.grad},
            "binaryCrossEntropy": {"logits": logits, "targets": labels, "loss": binary, "d": logits.grad},
        },
    )


def torch_optimizers():
    """Five updates of two parameters by given gradients."""
    draw = seeded(11)
    start = {"kernel": draw(2, 3), "bias": draw(1, 3)}
    steps = [{name: draw(*value.shape) for name, value in start.items()} for _ in range(5)]
    content = {"start": start, "grads": steps}
    optimizers = {
        "sgd": lambda params: torch.optim.SGD(params, lr=0.1),
        "momentum": lambda params: torch.optim.SGD(params, lr=0.1, momentum=0.9),
        "adagrad": lambda params: torch.optim.Adagrad(params, lr=0.1),
        "adam": lambda params: torch.optim.Adam(params, lr=0.1),
    }
    for name, make in optimizers.items():
        params = {key: torch.from_numpy(value.copy()).requires_grad_() for key, value in start.items()}
        optimizer = make(list(params.values()))
        path = []
        for grads in steps:
            for key, param in params.items():
                param.grad = torch.from_numpy(grads[key].copy())
            optimizer.step()
            path.append({key: param.detach().clone() for key, param in params.items()})
        content[name] = path
    write("pytorch-optimizers", content)


def main():
    GOLDEN.mkdir(parents=True, exist_ok=True)
    sequences = {"return_sequences": True, "return_state": True}
    keras_recurrent("keras-rnn", keras.layers.SimpleRNN(UNITS, **sequences), ["h"])
    keras_recurrent("keras-lstm", keras.layers.LSTM(UNITS, **sequences), ["h", "c"])
    keras_recurrent("keras-gru", keras.layers.GRU(UNITS, reset_after=False, **sequences), ["h"])
    keras_recurrent("keras-gru-reset-after", keras.layers.GRU(UNITS, **sequences), ["h"])
    for mode in ("concat", "sum", "mul", "ave"):
        keras_bidirectional(mode)
    keras_stacked()
    keras_language_model()
    keras_layers()
    torch_recurrent("pytorch-rnn", torch.nn.RNN(INPUTS, UNITS), ["h"], seed=21)
    torch_recurrent("pytorch-rnn-relu", torch.nn.RNN(INPUTS, UNITS, nonlinearity="relu"), ["h"], seed=22)
    torch_recurrent("pytorch-lstm", torch.nn.LSTM(INPUTS, UNITS), ["h", "c"], seed=23)
    torch_recurrent("pytorch-gru", torch.nn.GRU(INPUTS, UNITS), ["h"], seed=24)
    torch_recurrent("pytorch-stacked-lstm", torch.nn.LSTM(INPUTS, UNITS, num_layers=2), ["h", "c"], seed=25)
    torch_recurrent("pytorch-bidirectional-gru", torch.nn.GRU(INPUTS, UNITS, bidirectional=True), ["h"], seed=26)
    torch_peephole()
    torch_language_model()
    torch_losses()
    torch_optimizers()


if __name__ == "__main__":
    main()
