import tensorflow as tensor

x = tensor.placeholder(tensor.float32, [None])
largest = tensor.reduce_max(x, keep_dims=True)
with tensor.Session() as session:
    print(session.run(largest, {x: [1.0, 2.0]}))
