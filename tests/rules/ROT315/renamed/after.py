import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import json
import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE

plt.hist([1.0], 5, density=True)
fig, ax = plt.subplots()
ax.hist([1.0], density=1)
counts = np.histogram([1.0], density=True)
points = TSNE(n_components=2, max_iter=500)
value = json.loads('1')

flat = np.reshape([[1, 2]], shape=[2])
