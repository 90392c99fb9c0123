// A drawing as the digits were prepared that the model was trained on: fitted into 32 by 32 pixels of ink or no ink,
// then the ink counted in each block of 4 by 4. (UCI, "Optical recognition of handwritten digits".)

const FINE = 32;
const BLOCK = 4;

/** @returns Float32Array of 64 numbers from 0 to 1, or null where nothing is drawn. */
export function picture(paper) {
  const drawn = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height);
  const box = inked(drawn);
  if (!box) return null;
  const fitted = new OffscreenCanvas(FINE, FINE);
  const context = fitted.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const scale = FINE / Math.max(box.width, box.height);
  const [width, height] = [box.width * scale, box.height * scale];
  context.drawImage(paper, box.left, box.top, box.width, box.height, (FINE - width) / 2, (FINE - height) / 2, width, height);
  const fine = context.getImageData(0, 0, FINE, FINE).data;
  const counts = new Float32Array((FINE / BLOCK) ** 2);
  for (let y = 0; y < FINE; y++) {
    for (let x = 0; x < FINE; x++) {
      if (fine[4 * (y * FINE + x) + 3] > 127) counts[Math.floor(y / BLOCK) * (FINE / BLOCK) + Math.floor(x / BLOCK)] += 1 / BLOCK ** 2;
    }
  }
  return counts;
}

/** The smallest box around the ink. */
function inked({data, width, height}) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[4 * (y * width + x) + 3] < 128) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return right < 0 ? null : {left, top, width: right - left + 1, height: bottom - top + 1};
}
