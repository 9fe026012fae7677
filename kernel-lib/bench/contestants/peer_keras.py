"""python peer_keras.py THREADS: Keras on TensorFlow, with its defaults; a compiled training step, and ``fit``."""

import os
import platform
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf
from protocol import serve

threads = int(sys.argv[1])
tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
keras.utils.set_random_seed(0)


def milliseconds(work):
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def recurrent(kind, units, sequences, both):
    make = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU, "rnn": keras.layers.SimpleRNN}[kind]
    layer = make(units, return_sequences=sequences)
    return keras.layers.Bidirectional(layer) if both else layer


def training_step(row):
    """Forward and backward of recurrent layers, the loss being the outputs' sum."""
    shape = (row["timesteps"], row["inputSize"])
    layers = [recurrent(row["kind"], row["units"], True, row["bidirectional"]) for _ in range(row["layers"])]
    model = keras.Sequential([keras.Input(shape), *layers])
    x = tf.random.normal((row["batch"], *shape))

    @tf.function(jit_compile=False)
    def step(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(model(x, training=True))
        return tape.gradient(loss, model.trainable_variables)

    def run():
        return milliseconds(lambda: [gradient.numpy() for gradient in step(x)])

    for _ in range(3):
        run()
    return run


def layer_of(layer, vocabulary):
    if layer["type"] == "lstm":
        return recurrent("lstm", layer["units"], layer["sequences"], layer.get("bidirectional", False))
    if layer["type"] == "dense":
        return keras.layers.Dense(layer["units"], activation=layer.get("activation"))
    if layer["type"] == "dropout":
        return keras.layers.Dropout(layer["rate"])
    return keras.layers.Embedding(vocabulary, layer["units"])


def data(row, steps):
    random = np.random.default_rng(0)
    size, n, timesteps = row["input"]["size"], steps * row["batch"], row["timesteps"]
    if row["input"]["kind"] == "numbers":
        x = random.random((n, timesteps, size), dtype=np.float32)
    else:
        x = random.integers(size, size=(n, timesteps), dtype=np.int32)
        if row["input"]["kind"] == "oneHot":
            x = np.eye(size, dtype=np.float32)[x]
    if row["loss"] == "softmax":
        return x, random.integers(size, size=(n, timesteps), dtype=np.int32)
    y = random.random((n, 1), dtype=np.float32)
    return x, y if row["loss"] == "mse" else np.round(y)


def fit(row):
    """``fit`` over the row's batches; milliseconds a step."""
    size, timesteps = row["input"]["size"], row["timesteps"]
    tokens = row["input"]["kind"] == "tokens"
    layers = [layer_of(layer, size) for layer in row["model"]]
    shape = (timesteps,) if tokens else (timesteps, size)
    model = keras.Sequential([keras.Input(shape, dtype="int32" if tokens else "float32"), *layers])
    loss = {
        "softmax": keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        "mse": keras.losses.MeanSquaredError(),
        "binary": keras.losses.BinaryCrossentropy(from_logits=True),
    }[row["loss"]]
    model.compile(optimizer=keras.optimizers.Adam(0.001), loss=loss)

    def train(x, y):
        model.fit(x, y, batch_size=row["batch"], epochs=1, shuffle=False, verbose=0)

    train(*data(row, 2))
    x, y = data(row, row["steps"])
    return lambda: milliseconds(lambda: train(x, y)) / row["steps"]


def prepare(row):
    keras.backend.clear_session()
    return training_step(row) if "kind" in row else fit(row)


serve(
    prepare,
    lambda: {
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    },
)
