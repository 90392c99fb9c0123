import tensorflow as t
t.compat.v1.disable_v2_behavior()

s = t.compat.v1.Session()
