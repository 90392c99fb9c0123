"""MonitoredTrainingSession and its hooks, which TensorFlow itself still has. Runs on Python 3.7 as well."""

import glob
import os

from tests.compat.estimators import alone, attempt, refused


def counter(tf):
    """A graph: the global step, a step of training, a loss that falls."""
    weight = tf.get_variable("weight", initializer=2.0, use_resource=True)
    loss = tf.square(weight, name="loss")
    tf.summary.scalar("loss", loss)
    with tf.control_dependencies([loss]):
        train = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_or_create_global_step())
    return weight, loss, train


@alone
def case_monitored_training_session(tf, estimator, folder):
    found = []
    for last in (3, 5):
        with tf.Graph().as_default():
            _, loss, train = counter(tf)
            hooks = [tf.train.StopAtStepHook(last_step=last), tf.train.NanTensorHook(loss)]
            settings = {"save_checkpoint_steps": 2, "save_summaries_steps": 2, "log_step_count_steps": 2}
            with tf.train.MonitoredTrainingSession(checkpoint_dir=folder, hooks=hooks, **settings) as session:
                while not session.should_stop():
                    found.append(session.run([train, loss])[1])
    files = sorted(f for f in os.listdir(folder) if f.endswith(("index", "meta", "checkpoint", "pbtxt")))
    return found, files, tf.train.list_variables(folder), events(tf, folder)


def events(tf, folder):
    """Steps, names and values of summaries."""
    values = []
    for path in sorted(glob.glob(folder + "/events*")):
        for event in tf.train.summary_iterator(path):
            values += [[event.step, v.tag, v.simple_value] for v in event.summary.value if "sec" not in v.tag]
    return sorted(values)


@alone
def case_hooks(tf, estimator, folder):
    logged, session_log = [], []

    class Saver(tf.train.CheckpointSaverListener):
        def after_save(self, session, global_step_value):
            session_log.append(["saved", int(global_step_value)])

    with tf.Graph().as_default():
        weight, loss, train = counter(tf)
        scale = tf.placeholder_with_default(1.0, [])
        scaled = scale * loss
        final = tf.train.FinalOpsHook({"weight": weight * 2.0})
        hooks = [
            tf.train.LoggingTensorHook(
                {"loss": loss}, every_n_iter=2, formatter=lambda v: logged.append(sorted(v.items())) or ""
            ),
            tf.train.LoggingTensorHook([loss], at_end=True, formatter=lambda v: logged.append(len(v)) or ""),
            tf.train.CheckpointSaverHook(folder, save_steps=2, listeners=[Saver()]),
            tf.train.SummarySaverHook(save_steps=1, output_dir=folder, summary_op=tf.summary.scalar("w", weight)),
            tf.train.FeedFnHook(lambda: {scale: 3.0}),
            tf.train.StopAtStepHook(num_steps=3),
            tf.train.GlobalStepWaiterHook(0),
            final,
        ]
        with tf.train.SingularMonitoredSession(hooks) as session:
            while not session.should_stop():
                session_log.append(session.run([scaled, train])[0])
    return logged, session_log, final.final_ops_values, events(tf, folder)


@alone
def case_errors_in_sessions(tf, estimator, folder):
    with tf.Graph().as_default():
        weight, loss, train = counter(tf)
        bad = weight.assign(float("nan"))

        def run(fail, steps):
            hooks = [tf.train.NanTensorHook(loss, fail_on_nan_loss=fail), tf.train.StopAtStepHook(steps)]
            with tf.train.MonitoredTrainingSession(hooks=hooks) as session:
                session.run(bad)
                while not session.should_stop():
                    session.run(train)

        def twice():
            tf.train.StopAtStepHook(1, 2)

        wrong = [attempt(run, True, 5), attempt(run, False, 5)]
    timer = tf.train.SecondOrStepTimer(every_steps=2)
    timer.update_last_triggered_step(1)
    return [
        wrong,
        refused(twice),
        refused(tf.train.CheckpointSaverHook, folder),
        refused(tf.train.SummarySaverHook, save_steps=1, save_secs=1),
        [timer.should_trigger_for_step(step) for step in (1, 2, 3)],
        timer.last_triggered_step(),
    ]


@alone
def case_scaffolds(tf, estimator, folder):
    with tf.Graph().as_default():
        weight, loss, _ = counter(tf)
        extra = tf.get_local_variable("extra", initializer=5.0)
        start = tf.placeholder(tf.float32, [])
        assigned = weight.assign(start)
        scaffold = tf.train.Scaffold(
            init_op=tf.group(weight.initializer, tf.train.get_global_step().initializer),
            init_feed_dict={start: 1.0},
            init_fn=lambda scaffold, session: session.run(assigned, {start: 9.0}),
            local_init_op=tf.group(extra.initializer),
            saver=tf.train.Saver(max_to_keep=1),
        )
        with tf.train.MonitoredSession(tf.train.ChiefSessionCreator(scaffold, checkpoint_dir=folder)) as session:
            found = session.run([weight, extra])
            stepped = session.run_step_fn(lambda step_context: step_context.session.run(loss))
    return found, stepped, scaffold.saver.as_saver_def().max_to_keep
