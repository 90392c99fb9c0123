import tensorflow as tf

queue = tf.train.string_input_producer(['a.csv'], num_epochs=1, shuffle=False)
key, value = tf.TextLineReader().read(queue)
values = tf.train.batch([value], batch_size=2)
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    tf.train.start_queue_runners(sess)
    print(sess.run(values))
