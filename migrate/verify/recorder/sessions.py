"""TensorFlow 1 sessions: what each run of the user's returned, weights right after initialisation, and weights at the end."""

from __future__ import annotations

import functools
import weakref
from typing import Any, Callable

from . import arrays, graphs
from .frames import own_place
from .imports import Watcher
from .recorder import Recorder
from .weights import Weights

# between the user and a run that is the user's own; Saver.save and others of TensorFlow run for themselves
_HANDING_ON = ("ours", "thin", "standard")


def install(watcher: Watcher, recorder: Recorder, weights: Weights) -> None:
    """Watch sessions."""
    sessions = _Sessions(recorder, weights)
    watcher.after("tensorflow.python.client.session", lambda m: sessions.watch(m.BaseSession))
    watcher.after("tensorflow.python.training.monitored_session", lambda m: _monitored(m._MonitoredSession, recorder))


class _Sessions:
    """The sessions of one run."""

    def __init__(self, recorder: Recorder, weights: Weights) -> None:
        self._recorder, self._weights = recorder, weights
        self._run: Any = None
        self._live: Any = weakref.WeakSet()
        self._groups = 0
        recorder.at_end.append(self._finish)

    def watch(self, cls: Any) -> None:
        """Replace four methods of ``cls``, TensorFlow's BaseSession."""
        self._run = cls.run
        cls.__init__ = self._before(cls.__init__, self._live.add, after=True)
        cls.run = self._recorded(cls.run)
        for name in ("close", "__del__"):
            setattr(cls, name, self._before(getattr(cls, name), self._final))

    def _before(
        self, method: Callable[..., Any], action: Callable[[Any], None], after: bool = False
    ) -> Callable[..., Any]:
        @functools.wraps(method)
        def watched(session: Any, *args: Any, **kwargs: Any) -> Any:
            if not after:
                action(session)
            result = method(session, *args, **kwargs)
            if after:
                action(session)
            return result

        return watched

    def _recorded(self, run: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(run)
        def recorded_run(session: Any, fetches: Any, *args: Any, **kwargs: Any) -> Any:
            recorder = self._recorder
            place, caller = own_place(_HANDING_ON)
            wanted = recorder.listening and caller in ("own", "loop")
            with recorder.inside():
                result = run(session, fetches, *args, **kwargs)
                work = recorder.safely(_work, session, fetches) or graphs.NOTHING
                if work.initialises:
                    recorder.safely(self._initialised, session, work.initialises)
            if wanted:
                recorder.call("run", place, result, work.trains, work.draws, _names(fetches))
            return result

        return recorded_run

    def _initialised(self, session: Any, variables: Any) -> None:
        """Hand the weights of one initialisation on, and put those that come from elsewhere in their place."""
        self._groups += 1
        values = self._run(session, list(variables))
        for variable, value in zip(variables, values):
            array = arrays.numeric(value)
            wanted = None if array is None else self._weights.first_value(variable, array, self._groups)
            if wanted is not None:
                self._run(session, variable.initializer, {variable.initializer.inputs[1]: wanted})
        self._weights.complete(self._groups)

    def _final(self, session: Any) -> None:
        if session not in self._live or self._recorder.finished:
            return
        self._live.discard(session)
        with self._recorder.inside():
            self._recorder.safely(self._last_values, session)

    def _last_values(self, session: Any) -> None:
        variables = graphs.variables(session.graph)
        try:
            values = self._run(session, variables) if variables else []
        except Exception:  # some are not initialised
            values = [self._value(session, variable) for variable in variables]
        for variable, value in zip(variables, values):
            array = None if value is None else arrays.numeric(value)
            if array is not None:
                self._weights.last_value(variable, array)

    def _value(self, session: Any, variable: Any) -> Any:
        try:
            return self._run(session, variable)
        except Exception:
            return None

    def _finish(self) -> None:
        for session in list(self._live):
            self._final(session)


def _monitored(cls: Any, recorder: Recorder) -> None:
    """Runs of a MonitoredSession (Estimators make them too), without what its hooks fetch."""
    run = cls.run

    @functools.wraps(run)
    def recorded_run(self: Any, fetches: Any, *args: Any, **kwargs: Any) -> Any:
        wanted = recorder.listening
        place, _ = own_place(())
        with recorder.inside():
            result = run(self, fetches, *args, **kwargs)
        if wanted:
            work = recorder.safely(_work, self, fetches) or graphs.NOTHING
            recorder.call("run", place, result, work.trains, work.draws, _names(fetches))
        return result

    cls.run = recorded_run


def _work(session: Any, fetches: Any) -> graphs.Work:
    return graphs.work_of(session.graph, [value for _, value in arrays.leaves(fetches)])


def _names(fetches: Any) -> dict[str, str]:
    """The names of fetches by their path in the structure."""
    leaves = arrays.leaves(fetches)
    return {path: value if isinstance(value, str) else getattr(value, "name", path) for path, value in leaves}
