import tensorflow.compat.v1 as t
t.disable_v2_behavior()
from tensorflow.compat.v1 import Session, placeholder as ph
import tensorflow.compat.v1.train as train
from tensorflow.python.framework import ops

x = ph(t.float32)
with Session() as session:
    print(session.run(x, {x: 1.0}), train.get_global_step(), ops.get_default_graph())
