import keras

model = keras.models.Sequential([keras.layers.Dense(3)])
