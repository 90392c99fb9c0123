// The page: a paper to draw on, a picture of 8 by 8 numbers made of it, and the model that looks at that picture.
import {attachPen} from './pen.mjs';
import {picture} from './picture.mjs';

const byId = (id) => document.getElementById(id);
const paper = byId('paper');
const bars = [...Array(10).keys()].map((digit) => {
  const item = byId('bars').appendChild(document.createElement('li'));
  const track = item.appendChild(document.createElement('div'));
  track.className = 'track';
  const bar = track.appendChild(document.createElement('div'));
  bar.className = 'bar';
  item.append(String(digit));
  return bar;
});

let model;
let waiting = false;
let latest = 0;

/** Ask the model once per frame at most, however fast the pen moves. */
function ask() {
  if (waiting || !model) return;
  waiting = true;
  requestAnimationFrame(async () => {
    waiting = false;
    const mine = ++latest;
    const pixels = picture(paper);
    if (!pixels) return say(null);
    const start = performance.now();
    const output = tf.tidy(() => model.predict(tf.tensor4d(pixels, [1, 8, 8, 1])));
    const chances = await output.data();
    output.dispose();
    // by now the paper may be another one
    if (mine !== latest) return;
    byId('latency').textContent = `${tf.getBackend()}: ${(performance.now() - start).toFixed(1)} ms for this answer`;
    say([...chances]);
  });
}

function say(chances) {
  const best = chances && chances.indexOf(Math.max(...chances));
  byId('digit').textContent = chances ? String(best) : '–';
  bars.forEach((bar, digit) => {
    bar.style.height = chances ? `${Math.round(100 * chances[digit])}%` : '0';
  });
}

async function use(backend) {
  byId('latency').textContent = `Starting ${backend} …`;
  model?.dispose();
  model = undefined;
  if (!(await tf.setBackend(backend).catch(() => false))) {
    byId('latency').textContent = `${backend} does not start on this device; choose another.`;
    return;
  }
  model = await tf.loadGraphModel('model/model.json');
  // the first call compiles; it should not be the user who waits for it
  tf.tidy(() => model.predict(tf.zeros([1, 8, 8, 1])).dataSync());
  document.documentElement.dataset.backend = backend;
  byId('latency').textContent = `${backend} is ready. Draw a digit from 0 to 9.`;
  ask();
}

async function card() {
  const facts = await (await fetch('card.json')).json();
  byId('verdict').textContent = `Yes: every output is within ${facts.tolerance} of what Keras computes.`;
  for (const row of facts.rows) {
    const cells = [
      `Node, ${row.runtime}`,
      row.error.toExponential(1),
      row.top1 === null ? '–' : `${Math.round(100 * row.top1)} %`,
      row.latency === null ? '–' : `${(1000 * row.latency).toFixed(1)} ms`,
    ];
    const line = byId('rows').insertRow();
    for (const text of cells) line.insertCell().textContent = text;
  }
  const share = (100 * facts.accuracy).toFixed(1);
  byId('facts').textContent = `${Math.round(facts.size / 1000)} kB. It reads ${share} % of scikit-learn's digits that it was not trained on.`;
}

tf.wasm.setWasmPaths('lib/');
attachPen(paper, byId('cursor'), ask);
byId('clear').addEventListener('click', () => paper.dispatchEvent(new Event('wipe')));
for (const input of document.querySelectorAll('input[name=backend]')) {
  input.addEventListener('change', () => use(input.value));
  input.checked = input.value === 'wasm';
}
await Promise.all([use('wasm'), card()]);
