// Prints what the installed @tensorflow/tfjs-converter has: ops, and those whose presence makes a model asynchronous.
// tfjs/ops.json is made with it: python -m tf2kit.tfjs.ops
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';

const require = createRequire(path.join(process.argv[2], 'x.js'));
const root = path.dirname(require.resolve('@tensorflow/tfjs-converter/package.json'));
const lists = path.join(root, 'dist', 'operations', 'op_list');
// there are lists that nothing reads: the ops of ragged tensors are in one
const mapper = fs.readFileSync(path.join(root, 'dist', 'operations', 'operation_mapper.js'), 'utf8');
const ops = [];
for (const [, file] of mapper.matchAll(/from '\.\/op_list\/(\w+)'/g)) {
  const source = fs.readFileSync(path.join(lists, `${file}.js`), 'utf8');
  const module = await import('data:text/javascript;base64,' + Buffer.from(source).toString('base64'));
  ops.push(...module.json.map((entry) => entry.tfOpName));
}
const analysis = fs.readFileSync(path.join(root, 'dist', 'executor', 'model_analysis.js'), 'utf8');
const waiting = ['CONTROL_FLOW_OPS', 'DYNAMIC_SHAPE_OPS', 'HASH_TABLE_OPS'].flatMap((name) => {
  const list = analysis.match(new RegExp(`${name} = new Set\\(\\[([^\\]]*)\\]`))[1];
  return [...list.matchAll(/'([^']+)'/g)].map((match) => match[1]);
});
const {version} = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
console.log(JSON.stringify({version, ops: ops.sort(), asynchronous: waiting.sort()}));
