import tensorflow as tf


class Logger(tf.train.SessionRunHook):
    def after_run(self, run_context, run_values):
        print(run_values.results)
