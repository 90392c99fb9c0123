import tensorflow as t
from tensorflow import Session, placeholder as ph
import tensorflow.train as train
from tensorflow.python.framework import ops

x = ph(t.float32)
with Session() as session:
    print(session.run(x, {x: 1.0}), train.get_global_step(), ops.get_default_graph())
