import numpy as np
import tensorflow as tf

tf.enable_eager_execution()
tfe = tf.contrib.eager


class Net(tfe.Network):
    def __init__(self):
        super(Net, self).__init__()
        self.hidden = self.track_layer(tf.layers.Dense(8, activation=tf.nn.tanh))
        self.out = self.track_layer(tf.layers.Dense(3))

    def call(self, x):
        return self.out(self.hidden(x)) * scale


def loss_fn(model, x, y):
    return tf.losses.sparse_softmax_cross_entropy(y, model(x))


scale = tfe.Variable(1.0, name='scale')
net = Net()
optimizer = tf.train.AdamOptimizer(0.01)
step = tf.train.get_or_create_global_step()
grad = tfe.implicit_gradients(loss_fn)
batches = tfe.Iterator(tf.data.Dataset.from_tensor_slices((np.eye(3, dtype=np.float32), [0, 1, 2])).repeat().batch(2))
for _ in range(10):
    x, y = batches.next()
    optimizer.apply_gradients(grad(net, x, y), global_step=step)
print('step %d, scale %.6f, final loss %.6f' % (step.numpy(), scale.numpy(), loss_fn(net, x, y)))
