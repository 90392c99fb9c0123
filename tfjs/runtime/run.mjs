// node run.mjs NODE_FOLDER: reads a request (JSON) from standard input and writes the answer to standard output.
// {model: folder, backend: cpu | wasm, inputs, outputs, waits, repeats}
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';

import {execute} from './execute.mjs';
import {register} from './kernels.mjs';

const require = createRequire(path.join(process.argv[2], 'x.js'));
const request = JSON.parse(fs.readFileSync(0, 'utf8'));
// TF.js advises another package on every start
console.warn = () => {};
const tf = {...require('@tensorflow/tfjs-core'), ...require('@tensorflow/tfjs-converter')};
require(`@tensorflow/tfjs-backend-${request.backend}`);
if (request.backend === 'wasm') {
  const files = path.dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
  require('@tensorflow/tfjs-backend-wasm').setWasmPaths(files + path.sep);
}
register(tf);
if (!(await tf.setBackend(request.backend))) throw new Error(`the backend ${request.backend} does not start`);

const handler = {
  load: async () => {
    const model = JSON.parse(fs.readFileSync(path.join(request.model, 'model.json'), 'utf8'));
    const parts = model.weightsManifest.flatMap((group) => group.paths.map((name) => fs.readFileSync(path.join(request.model, name))));
    const whole = Buffer.concat(parts);
    return {
      ...model,
      weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
      weightData: whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.byteLength),
    };
  },
};
try {
  fs.writeFileSync(1, JSON.stringify(await execute(tf, handler, request)));
} catch (error) {
  // the message alone: the packages are bundled, and the line that Node would quote says nothing
  console.error(String(error.message ?? error));
  process.exitCode = 1;
}
