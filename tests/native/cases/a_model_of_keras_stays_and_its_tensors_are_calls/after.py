import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Model

labels = tf.keras.utils.to_categorical([0, 1, 2, 1], 3).astype('float32')
data = np.ones([4, 5])

features = Input(shape=(5,))
hidden = Dense(8, activation=tf.nn.relu)(features)
hidden = Dropout(0.5)(hidden)
model = Model(inputs=features, outputs=Dense(3, activation='softmax')(hidden))
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.01), loss='categorical_crossentropy', metrics=['acc'])
model.fit(data, labels, epochs=2, shuffle=False, verbose=0)


@tf.function(input_signature=[tf.TensorSpec([None, 5], tf.float32)])
def evaluate(features):
    with tf.GradientTape() as tape:
        tape.watch(features)
        outputs = model(features)
        entropy = -tf.reduce_sum(outputs * tf.math.log(outputs), axis=1)  # of each row
    slope = tape.gradient(entropy, [features])[0]
    return entropy, slope


print([t.numpy() for t in evaluate(data)])
print(model.predict(data, verbose=0), model.evaluate(data, labels)[1])
