import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Model

sess = tf.Session()
K.set_session(sess)
labels = tf.keras.utils.to_categorical([0, 1, 2, 1], 3)
data = np.ones([4, 5])

features = Input(shape=(5,))
hidden = Dense(8, activation=tf.nn.relu)(features)
hidden = Dropout(0.5)(hidden)
model = Model(inputs=features, outputs=Dense(3, activation='softmax')(hidden))
model.compile(optimizer=tf.keras.optimizers.Adam(lr=0.01), loss='categorical_crossentropy', metrics=['accuracy'])
model.fit(data, labels, epochs=2, shuffle=False, verbose=0)

entropy = -tf.reduce_sum(model.output * tf.log(model.output), axis=1)  # of each row
slope = tf.gradients(entropy, model.input)[0]
print(sess.run([entropy, slope], {model.input: data}))
print(model.predict(data), model.evaluate(data, labels)[1])
