from absl import flags
flags.DEFINE_float('factor', 2.0, 'By how much.')
FLAGS = flags.FLAGS
