"""How large the language model is and how it learns: a class for each size."""


class Small(object):
  layers = 2
  width = 20
  unrolled = 6
  batch = 10
  keep = 0.9
  spread = 0.2          # weights start between -spread and spread
  rate = 1.0
  halve_after = 2       # epochs
  epochs = 4
  longest_gradient = 5


class Tiny(Small):
  """For a quick look."""
  layers = 1
  width = 4
  keep = 1.0
  epochs = 1


SIZES = {'small': Small, 'tiny': Tiny}
