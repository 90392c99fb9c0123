// Drawing with mouse, finger, pen or keys. Calls back after each change.

const WIDTH = 30;
const STEP = 14;
const MOVES = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

/** @param cursor shows where the pen of the keys is */
export function attachPen(paper, cursor, changed) {
  const context = paper.getContext('2d', {willReadFrequently: true});
  Object.assign(context, {lineWidth: WIDTH, lineCap: 'round', lineJoin: 'round'});
  // the ink is what is opaque, so the colour is free to fit the page
  const ink = () => getComputedStyle(paper).color;
  let last = null;
  let key = {x: paper.width / 2, y: paper.height / 2, down: false};

  const line = (from, to) => {
    context.strokeStyle = ink();
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    changed();
  };
  const place = (event) => {
    const box = paper.getBoundingClientRect();
    return {x: ((event.clientX - box.left) / box.width) * paper.width, y: ((event.clientY - box.top) / box.height) * paper.height};
  };
  const wipe = () => {
    context.clearRect(0, 0, paper.width, paper.height);
    key.down = false;
    changed();
  };

  paper.addEventListener('pointerdown', (event) => {
    paper.setPointerCapture(event.pointerId);
    last = place(event);
    line(last, last);
  });
  paper.addEventListener('pointermove', (event) => {
    if (!last) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const next = place(part);
      line(last, next);
      last = next;
    }
  });
  for (const end of ['pointerup', 'pointercancel']) paper.addEventListener(end, () => (last = null));
  paper.addEventListener('wipe', wipe);
  paper.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (move) {
      const keep = (value) => Math.min(paper.width - WIDTH / 2, Math.max(WIDTH / 2, value));
      const next = {...key, x: keep(key.x + STEP * move[0]), y: keep(key.y + STEP * move[1])};
      if (key.down) line(key, next);
      key = next;
    } else if (event.key === ' ') {
      key.down = !key.down;
      if (key.down) line(key, key);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      wipe();
    } else {
      return;
    }
    event.preventDefault();
    cursor.style.left = `${(100 * key.x) / paper.width}%`;
    cursor.style.top = `${(100 * key.y) / paper.height}%`;
    cursor.classList.toggle('down', key.down);
  });
}
