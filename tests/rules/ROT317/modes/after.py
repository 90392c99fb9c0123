import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pickle

x = pickle.load(open('a.pkl', "rb"))
pickle.dump(x, open('b.pkl', 'wb'))
rows = open('rows.txt', 'r').readlines()
with open('c.pkl', 'wb') as f:
    pickle.dump(x, f)
