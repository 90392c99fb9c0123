import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import json
import matplotlib.pyplot as plt
import numpy as np
from sklearn.manifold import TSNE

plt.hist([1.0], 5, normed=True)
fig, ax = plt.subplots()
ax.hist([1.0], normed=1)
counts = np.histogram([1.0], normed=True)
points = TSNE(n_components=2, n_iter=500)
value = json.loads('1', encoding='utf-8')

flat = np.reshape([[1, 2]], newshape=[2])
