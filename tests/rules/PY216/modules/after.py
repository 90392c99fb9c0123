import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pickle as cPickle
import pickle
import urllib, os
import urllib.request
import urllib.parse
import urllib.request as urllib2
from itertools import chain
from builtins import zip as izip
import itertools
import queue as Queue
from io import StringIO
from urllib.parse import urlencode

urllib.request.urlretrieve('http://localhost/a', 'a')
quoted = urllib.parse.quote('a b')
page = urllib2.urlopen('http://localhost/a')
for a, b in zip([1], [2]):
    pass
queue = Queue.Queue()
value = cPickle.load(open('a.pkl', 'rb'))
