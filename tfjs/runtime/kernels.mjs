// What the wasm backend of TF.js 4.22 lacks for text: regular expressions, and comparing (it compares addresses, without an error).
// Call register(tf) once, after the backends are imported and before one is chosen.

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const texts = (backend, tensor) => backend.readSync(tensor.dataId).map((bytes) => decoder.decode(bytes));

function regexReplace({inputs: {x}, attrs: {pattern, rewrite, replaceGlobal}, backend}) {
  const expression = new RegExp(pattern, replaceGlobal ? 'g' : '');
  const replaced = texts(backend, x).map((text) => encoder.encode(text.replace(expression, rewrite)));
  return {dataId: backend.write(replaced, x.shape, 'string'), shape: x.shape, dtype: 'string'};
}

/** For each element of the output, the positions of its operands, which may be broadcast. */
function positions(outShape, shape) {
  const size = outShape.reduce((a, b) => a * b, 1);
  return (index) => {
    let [rest, position, block] = [index, 0, size];
    for (let axis = 0; axis < outShape.length; axis++) {
      block /= outShape[axis];
      const at = Math.floor(rest / block);
      rest %= block;
      const own = axis - outShape.length + shape.length;
      if (own < 0) continue;
      const stride = shape.slice(own + 1).reduce((a, b) => a * b, 1);
      if (shape[own] !== 1) position += at * stride;
    }
    return position;
  };
}

function compareTexts(tf, test) {
  return ({inputs: {a, b}, backend}) => {
    const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const [left, right] = [texts(backend, a), texts(backend, b)];
    const [ofLeft, ofRight] = [positions(shape, a.shape), positions(shape, b.shape)];
    const size = shape.reduce((x, y) => x * y, 1);
    const values = Uint8Array.from({length: size}, (_, i) => test(left[ofLeft(i)], right[ofRight(i)]));
    return {dataId: backend.write(values, shape, 'bool'), shape, dtype: 'bool'};
  };
}

export function register(tf) {
  if (tf.getKernel('StaticRegexReplace', 'wasm')) return;
  tf.registerKernel({kernelName: 'StaticRegexReplace', backendName: 'wasm', kernelFunc: regexReplace});
  const tests = {Equal: (a, b) => a === b, NotEqual: (a, b) => a !== b};
  for (const [kernelName, test] of Object.entries(tests)) {
    const numbers = tf.getKernel(kernelName, 'wasm');
    if (!numbers) continue;
    const words = compareTexts(tf, test);
    tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({...numbers, kernelFunc: (call) => (call.inputs.a.dtype === 'string' ? words(call) : numbers.kernelFunc(call))});
  }
}
