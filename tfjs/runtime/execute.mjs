// Loads a graph model, runs it on given inputs, and measures. The same file runs in Node and in a page.

const ARRAYS = {float32: Float32Array, int32: Int32Array, bool: Uint8Array};

function tensor(tf, {dtype, shape, data}) {
  if (dtype === 'string') return tf.tensor(data, shape, 'string');
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  return tf.tensor(new ARRAYS[dtype](bytes.buffer), shape, dtype);
}

async function plain(value) {
  const data = await value.data();
  if (value.dtype === 'string') return {dtype: 'string', shape: value.shape, data};
  // the cpu backend changes a type by its name alone: what is called int32 may still be an array of bytes
  const typed = data instanceof ARRAYS[value.dtype] ? data : ARRAYS[value.dtype].from(data);
  const bytes = new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return {dtype: value.dtype, shape: value.shape, data: btoa(text)};
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

const tensors = (tf, values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, tensor(tf, value)]));

/**
 * @param tf     the library, with a backend set
 * @param source a URL or an IOHandler, as tf.loadGraphModel takes it
 * @param request {inputs: {name: {dtype, shape, data}}, one: the same for a single sample, outputs: [names], waits: bool, repeats: number}
 * @returns {loadMs, latencyMs, outputs: {name: {dtype, shape, data}}, left: tensors that a call leaves behind}
 */
export async function execute(tf, source, request) {
  const began = performance.now();
  const model = await tf.loadGraphModel(source);
  const loadMs = performance.now() - began;
  const call = async (inputs) => {
    const made = request.waits ? await model.executeAsync(inputs, request.outputs) : model.execute(inputs, request.outputs);
    return Array.isArray(made) ? made : [made];
  };
  const inputs = tensors(tf, request.inputs);
  const outputs = {};
  const first = await call(inputs);
  for (const [index, name] of request.outputs.entries()) outputs[name] = await plain(first[index]);
  tf.dispose([first, inputs]);
  const one = tensors(tf, request.one);
  const times = [];
  const before = tf.memory().numTensors;
  for (let round = 0; round <= request.repeats; round++) {
    const start = performance.now();
    const again = await call(one);
    await again[0].data();
    // the first call compiles or allocates what later ones use again
    if (round > 0) times.push(performance.now() - start);
    tf.dispose(again);
  }
  return {loadMs, latencyMs: times.length ? median(times) : null, outputs, left: tf.memory().numTensors - before};
}
