import tensorflow as tf

state = tf.Variable(0)
one = tf.constant(1)


@tf.function
def compute_update():
    update = state.assign(state + one)
    return update


for _ in range(3):
    compute_update()
    print(state.numpy())
