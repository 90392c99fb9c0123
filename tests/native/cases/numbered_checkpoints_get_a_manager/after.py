import tensorflow as tf

folder = 'run'
w = tf.Variable(3.0, name='w')
saver = tf.train.CheckpointManager(
    tf.train.Checkpoint(w=w),
    folder,
    max_to_keep=2,
    checkpoint_name='model',
)


@tf.function
def compute_shrink():
    shrink = w.assign(w * 0.5)
    return shrink


for step in range(5):
    compute_shrink()
    print(saver.save(checkpoint_number=step))
print(saver.checkpoints)
saver.checkpoint.read(tf.train.latest_checkpoint(folder)).assert_existing_objects_matched()
print(w.numpy())
