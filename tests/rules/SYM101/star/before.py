from tensorflow import *

x = placeholder(float32)
