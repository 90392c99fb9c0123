"""Programs of several modules: they are joined to one text, that is lifted, and what comes out is taken apart again.

In the joined text the modules follow one another in the order in which Python runs them, and a name of one of them is the same name
everywhere: ``net.build`` in the program is ``netˑbuild``, as is ``build`` in net.py. So what is known about one module is known
about all, and text that moves from one to another still says what it means. Taken apart, each name is written as its module
writes it: ``build`` in net.py, ``net.build`` or ``build`` elsewhere, as is imported there.

`scopes` finds the names that stand for something of their module, `parts` tells what each stands for in the program, `join` writes the
joined text, `split` takes it apart.
"""

from __future__ import annotations

from .join import Joined, join
from .parts import chosen
from .split import split

__all__ = ["Joined", "chosen", "join", "split"]
