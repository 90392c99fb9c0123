"""The program was lifted to TensorFlow 2 as a whole.

## What it does
With `--to native`, a TensorFlow 1 program becomes what one would have written in TensorFlow 2: placeholders become parameters of
functions, runs of a session become calls of these functions, `minimize` becomes a step with a `GradientTape`, and layers and
optimizers are those of Keras. Names, comments and the order of the program stay where they can. All modules of a program are lifted
together, or none is (NAT501).

## Why
`tensorflow.compat.v1` runs old programs, but nobody learns, debugs or maintains them easily, and what is new in TensorFlow is
not for graphs and sessions.

## Example
```python
x = tf.placeholder(tf.float32, [None])
y = 2.0 * x
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0, 2.0]}))
```
```python
@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_y(x):
    y = 2.0 * x
    return y


print(compute_y([1.0, 2.0]).numpy())
```

## What to do by hand
Read the new program, and let `tf2kit verify OLD NEW` prove that it computes the same.
"""

from __future__ import annotations

from .. import document

CODE = document(__name__, "NAT500", "lifted", "program")
