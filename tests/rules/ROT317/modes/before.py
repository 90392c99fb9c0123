import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pickle

x = pickle.load(open('a.pkl'))
pickle.dump(x, open('b.pkl', 'w'))
rows = open('rows.txt', 'rU').readlines()
with open('c.pkl', 'w') as f:
    pickle.dump(x, f)
