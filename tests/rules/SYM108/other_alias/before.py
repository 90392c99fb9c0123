import tensorflow as t

s = t.Session()
