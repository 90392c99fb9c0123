"""No name stands for TensorFlow as a whole."""
from tensorflow import Session, placeholder

x = placeholder("float")
