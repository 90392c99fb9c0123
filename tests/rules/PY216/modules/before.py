import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import cPickle
import cPickle as pickle
import urllib, os
import urllib2
from itertools import izip, chain
import itertools
import Queue
from StringIO import StringIO
from urllib import urlencode

urllib.urlretrieve('http://localhost/a', 'a')
quoted = urllib.quote('a b')
page = urllib2.urlopen('http://localhost/a')
for a, b in itertools.izip([1], [2]):
    pass
queue = Queue.Queue()
value = cPickle.load(open('a.pkl', 'rb'))
