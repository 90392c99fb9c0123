import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pickle

x = pickle.load(open('a.pkl', 'rb'))
with open('c.txt', 'w') as f:
    f.write('a')
    pickle.dumps(x)
