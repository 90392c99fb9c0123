"""Graph surgery: freeze with convert_variables_to_constants, import_graph_def with an input map, SavedModel and its loader."""
import os
import shutil

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris
from tensorflow.python.framework import graph_util
from tensorflow.python.platform import gfile
from tensorflow.python.saved_model import signature_constants, tag_constants

FOLDER = os.path.abspath('frozen')
iris = load_iris()
DATA = ((iris.data - iris.data.mean(0)) / iris.data.std(0)).astype(np.float32)


def train(steps=150):
    graph = tf.Graph()
    with graph.as_default(), tf.Session(graph=graph) as sess:
        tf.set_random_seed(47)
        inputs = tf.placeholder(tf.float32, [None, 4], name='inputs')
        labels = tf.placeholder(tf.int64, [None], name='labels')
        hidden = tf.layers.dense(inputs, 8, tf.nn.tanh, name='hidden',
                                 kernel_initializer=tf.random_normal_initializer(stddev=0.3, seed=1))
        hidden = tf.identity(hidden, name='code')
        logits = tf.layers.dense(hidden, 3, name='output',
                                 kernel_initializer=tf.random_normal_initializer(stddev=0.3, seed=2))
        probabilities = tf.nn.softmax(logits, name='probabilities')
        loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
        train_op = tf.train.AdamOptimizer(0.02).minimize(loss)
        sess.run(tf.global_variables_initializer())
        for step in range(steps):
            rows = slice(step % 5, None, 5)
            _, value = sess.run([train_op, loss], {inputs: DATA[rows], labels: iris.target[rows]})
            if step % 50 == 0:
                print('step %d loss %.6f' % (step, value))

        # 1. text and binary graph definitions, variables turned into constants
        tf.train.write_graph(graph.as_graph_def(), FOLDER, 'train.pbtxt')
        graph_def = graph_util.convert_variables_to_constants(sess, graph.as_graph_def(), ['probabilities', 'code'])
        graph_def = graph_util.remove_training_nodes(graph_def, protected_nodes=['probabilities', 'code'])
        with gfile.GFile(os.path.join(FOLDER, 'frozen.pb'), 'wb') as f:
            f.write(graph_def.SerializeToString())
        kinds = [node.op for node in graph_def.node]
        print('frozen: %d constants, variables left: %s' % (
            kinds.count('Const'), any(k.startswith('Variable') or k == 'VarHandleOp' for k in kinds)))

        # 2. SavedModels: the short way and the long way
        tf.saved_model.simple_save(sess, os.path.join(FOLDER, 'simple'), {'x': inputs}, {'p': probabilities})
        builder = tf.saved_model.builder.SavedModelBuilder(os.path.join(FOLDER, 'built'))
        signature = tf.saved_model.signature_def_utils.build_signature_def(
            inputs={'x': tf.saved_model.utils.build_tensor_info(inputs)},
            outputs={'code': tf.saved_model.utils.build_tensor_info(hidden)},
            method_name=signature_constants.PREDICT_METHOD_NAME)
        builder.add_meta_graph_and_variables(sess, [tag_constants.SERVING], signature_def_map={'encode': signature})
        builder.save()
        return sess.run(probabilities, {inputs: DATA}), value


def run_frozen():
    """A copy of the graph that reads its input from somewhere else, twice in one graph."""
    with gfile.FastGFile(os.path.join(FOLDER, 'frozen.pb'), 'rb') as f:
        graph_def = tf.GraphDef()
        graph_def.ParseFromString(f.read())
    with tf.Graph().as_default() as graph, tf.Session() as sess:
        raw = tf.placeholder(tf.float32, [None, 4], name='raw')
        scaled = (raw - iris.data.mean(0).astype(np.float32)) / iris.data.std(0).astype(np.float32)
        first, code = tf.import_graph_def(graph_def, input_map={'inputs:0': scaled},
                                          return_elements=['probabilities:0', 'code:0'], name='first')
        second, = tf.import_graph_def(graph_def, input_map={'code:0': code * 0.5}, name='second',
                                      return_elements=['probabilities:0'])
        assert graph.get_tensor_by_name('first/probabilities:0') is first
        print('operations: %s' % sorted(set(op.name.split('/')[0] for op in graph.get_operations()) & {'first', 'second'}))
        return sess.run([first, second], {raw: iris.data})


def run_saved(name, key):
    with tf.Session(graph=tf.Graph()) as sess:
        meta = tf.saved_model.loader.load(sess, [tag_constants.SERVING], os.path.join(FOLDER, name))
        signature = meta.signature_def[key]
        x = signature.inputs['x'].name
        (_, output), = signature.outputs.items()
        return sess.run(output.name, {x: DATA})


if __name__ == '__main__':
    shutil.rmtree(FOLDER, ignore_errors=True)
    expected, value = train()
    frozen, half = run_frozen()
    print('frozen graph is off by less than 1e-6: %s' % (np.abs(frozen - expected).max() < 1e-6))
    print('with halved code', ' '.join('%.6f' % v for v in half[75]))
    served = run_saved('simple', signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY)
    print('saved model is off by less than 1e-6: %s' % (np.abs(served - expected).max() < 1e-6))
    print('code', ' '.join('%.6f' % v for v in run_saved('built', 'encode')[75][:4]))
    with open(os.path.join(FOLDER, 'train.pbtxt')) as f:
        print('text graph names the layer:', 'hidden/kernel' in f.read())
    print('accuracy %.4f' % (expected.argmax(1) == iris.target).mean())
    print('final loss %.6f' % value)
