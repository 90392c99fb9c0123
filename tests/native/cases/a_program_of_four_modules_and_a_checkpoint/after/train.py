import argparse
import os

import tensorflow as tf

import data
from model import Model


def run_epoch(model, x, y, batch_size):
    total = 0.0
    for bx, by in data.batches(x, y, batch_size):
        total += model.train_step(bx, by)
    return total


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--folder", default="ckpt")
    args = parser.parse_args()
    tf.random.set_seed(1)
    x, y = data.load()
    model = Model(4, 16, 3)
    saver = tf.train.Checkpoint(hidden=model.hidden, out=model.out, optimizer=model.optimizer)
    for epoch in range(args.epochs):
        loss = run_epoch(model, x, y, 20)
        print("epoch %d loss %.6f accuracy %.4f" % (epoch, loss, model.evaluate(x, y)))
    if not os.path.isdir(args.folder):
        os.makedirs(args.folder)
    saver.write(os.path.join(args.folder, "model"))


if __name__ == "__main__":
    main()
