import tensorflow as tensor


@tensor.function(input_signature=[tensor.TensorSpec([None], tensor.float32)])
def compute_largest(x):
    largest = tensor.reduce_max(x, keepdims=True)
    return largest


print(compute_largest([1.0, 2.0]).numpy())
