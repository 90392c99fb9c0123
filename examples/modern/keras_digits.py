"""tf.keras inside a TF1 graph: a Keras model compiled with a tf.train optimizer, and its tensors in a Session."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorflow.keras.layers import Dense, Input, Flatten, Conv2D
from tensorflow.keras.models import Model

np.random.seed(12)
tf.random.set_seed(12)


images, targets = load_digits(return_X_y=True)
images = images.reshape(-1, 8, 8, 1).astype(np.float32) / 16.0
labels = tf.keras.utils.to_categorical(targets, 10).astype('float32')

inputs = Input(shape=(8, 8, 1))
net = Conv2D(8, (3, 3), activation='relu', kernel_initializer=tf.keras.initializers.GlorotUniform(seed=1))(inputs)
net = Flatten()(net)
outputs = Dense(10, activation='softmax', kernel_initializer=tf.keras.initializers.GlorotUniform(seed=2))(net)
model = Model(inputs=inputs, outputs=outputs)
model.compile(optimizer=tf.keras.optimizers.Adam(0.002, epsilon=1e-8), loss='categorical_crossentropy', metrics=['acc'])
print('parameters %d' % model.count_params())

history = model.fit(images[:1500], labels[:1500], batch_size=50, epochs=3, shuffle=False, verbose=0)
for epoch, value in enumerate(history.history['loss']):
    print('epoch %d loss %.5f accuracy %.4f' % (epoch, value, history.history['acc'][epoch]))


@tf.function(input_signature=[tf.TensorSpec([None, 8, 8, 1], tf.float32)])
def compute_entropy(inputs):
    outputs = model(inputs)
    # a tensor of the model, fetched by hand
    entropy = -tf.reduce_sum(outputs * tf.math.log(outputs + 1e-7), axis=1)
    return entropy


print('entropy of the first three:', ' '.join('%.4f' % v for v in compute_entropy(images[:3]).numpy()))
score = model.evaluate(images[1500:], labels[1500:], verbose=0)
print('accuracy %.4f' % score[1])
print('final loss %.6f' % score[0])
