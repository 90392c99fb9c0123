import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import matplotlib.pyplot as plt
from matplotlib import cm
from mpl_toolkits.axes_grid import ImageGrid
from PIL import Image

small = Image.open('a.png').resize((2, 2), Image.ANTIALIAS)
colours = cm.get_cmap('jet')
